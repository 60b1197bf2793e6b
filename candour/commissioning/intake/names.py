"""What the columns of registers, lists of grants and files of spend are called, by the field that they hold. Pure."""

from collections.abc import Mapping

_SUPPLIER = (
    "supplier|supplier name|suppliers|contractor|contractor name|provider|provider name|vendor|vendor name|company|"
    "company name|"
    "name of supplier|name of provider|awarded to|successful supplier|successful provider|delivery partner|"
    "organisation|"
    "organisation name|name of organisation|recipient|recipient organisation|recipient name|grantee|grant recipient|"
    "recipient org|recipient org name|applicant|payee|beneficiary|beneficiary name|merchant|creditor|partner|"
    "supplier provider|supplier s|awarded supplier|awarded contractor|name of contractor|group|group name|"
    "name of group|name of recipient|recipient of grant|funded organisation|organisation funded|voluntary organisation|"
    "contracted supplier|appointed supplier|service provider|service provider name|provider s|grant holder"
)
_REGISTER = {
    "reference": "reference|ref|ref no|ref number|reference number|reference no|contract ref|contract reference|"
    "contract no|"
    "contract number|agreement reference|agreement ref|agreement no|grant ref|grant reference|grant no|grant number|id|"
    "contract id|unique reference|register reference|urn|award reference|award ref|application reference|identifier|"
    "register no|unique id|mcr ref|number|no|notice identifier|notice reference|agreement id|contract register ref|"
    "ocid",
    "title": "title|contract title|contract name|contract|agreement|agreement title|name of contract|description|"
    "contract description|description of contract|service|service description|services|project|project title|"
    "project name|"
    "purpose|grant title|name|activity|what is provided|subject|initiative|purpose of grant|purpose of funding|"
    "description of services|goods or services|description of project|summary|contract details|what it is for|award|"
    "title of agreement|title of contract|notice title|what for|service provided|services provided|funded activity|"
    "description of goods|description of goods and services|description of the goods and or services|funded project|"
    "description of goods and or services|description of the goods and services|description of funded activity|"
    "description of activity|goods and services|goods services|service title|scope|nature of contract",
    "supplier": _SUPPLIER,
    "value": "value|contract value|total contract value|total value|amount|amount awarded|grant amount|"
    "value of contract|"
    "estimated value|total|award amount|grant value|grant awarded|total award|total grant|agreed value|lifetime value|"
    "whole life value|value of grant|funding awarded|amount of grant|award value|total amount|contract sum|value now|"
    "total funding|funding|estimated contract value|total cost|cost|amount of award|sum awarded|value over term|"
    "sum to be paid|amount to be paid|whole life cost|whole life contract value|awarded value|grant|"
    "total contract cost|"
    "value of award|award amount awarded|original contract value|current contract value|total sum|sum",
    "value_a_year": "annual value|value per annum|value pa|annual contract value|annual cost|per annum|value a year|"
    "yearly value",
    "start": "period from|term from|valid from|date of commencement|"
    "start|start date|contract start|contract start date|commencement|commencement date|starts|from|date from|"
    "first day|effective date|begins|start of contract|date commenced|contract commencement date|grant start date|"
    "project start date|contract from|planned dates start date",
    "end": "period to|term to|valid to|valid until|date of expiry|"
    "end|end date|contract end|contract end date|expiry|expiry date|expires|ends|to|date to|current end date|"
    "finish date|last day|contract expiry date|end of contract|review end date|grant end date|finish|contract expiry|"
    "project end date|contract to|current expiry|planned dates end date",
    "maximum_end": "maximum end|max end|max end date|last possible end|latest end date|end date including extensions|"
    "extension end date|final end date|end date with extensions|maximum end date|extended end date|"
    "last possible end date|"
    "end date incl extensions|end inc extensions|max expiry date|end date if extended|latest possible end date",
    "period": "period|term|contract period|contract term|contract dates|dates|grant period|funding period|"
    "period of contract|"
    "contract length|length of contract|period of grant|duration",
    "status": "status|state|contract status|current status|position|stage|live",
    "contact": "contact|contact officer|contract manager|lead|lead officer|owner|contract owner|responsible officer|"
    "commissioning lead|contract lead|category lead|category manager|buyer contact|grant officer|grant manager|"
    "grant lead|grant owner|agreement owner|"
    "agreement lead|agreement manager|contract officer|responsible person|manager|key contact|contact name|officer|"
    "commissioner lead|contract management lead",
    "stream": "stream|funding stream|fund|funding source|source of funding|funded by|programme|grant programme|"
    "fund name|"
    "funding pot|budget|grant scheme|scheme|funding programme|pot|grant programme title",
    "charity_number": "charity number|charity no|registered charity number|charity registration number|charity reg no|"
    "registered charity no|recipient org charity number",
    "company_number": "company number|company no|companies house number|company registration number|company reg no|"
    "registered company number|companies house no|recipient org company number",
    "supplier_number": "charity company number|charity company no|registration number|supplier number|"
    "registered number|"
    "charity or company number|company charity number|organisation number|registration no",
    "date": "award date|date awarded|date of award|awarded on|awarded|decision date|date of decision|approved on|"
    "date approved|awarded date|decided|date decided|decided on|decision made|date made|"
    "date of approval|date|date of grant|contract award date",
    "signed": "signed|date signed|signature date|signed on|signed by both|contract signed|date of signature|"
    "date contract signed|signed date|date agreement signed",
    "conditions": "conditions|grant conditions|special conditions|conditions of grant|conditions attached|terms|"
    "conditions of award",
    "procedure": "procedure|procurement route|procurement method|route to market|tender process|procurement process|"
    "award procedure|how let|tender route|procurement procedure",
    "notice": "notice|notice by|notice date|notice to be given by|last day to give notice",
    "kind": "kind|type|contract type|agreement type|type of agreement|type of contract",
    "project_code": "project code|cost code|cost centre|budget code|code|project ref|project no|finance code",
    "year": "year|financial year|funding year|fy",
    "seen_by": "seen by|publish|to be published|publishable|public|confidential|restricted|sensitivity",
    "area": "area|district|location|where|locality|beneficiary location name",
    "budget": "stream budget|budget available|allocation|fund total|total budget|available budget",
    "as_at": "as at",
    "ordered": "ordered",
}
_SPEND = {
    "number": "transaction number|transaction no|trans no|transaction|transaction id|invoice|invoice number|invoice no|"
    "document no|document number|reference|ref|number|voucher|payment reference|transno|payment ref|payment no|"
    "transaction ref|transaction reference|ref no|invoice ref|id|payment number|payment id",
    "date": "date|payment date|date paid|paid on|invoice date|transaction date|clearing date|posting date|"
    "date of payment|pay date",
    "supplier": f"{_SUPPLIER}|paid to|payee name|beneficiary name|merchant name|creditor name|payment to",
    "amount": "amount|net amount|amount paid|value|total|gross amount|invoice amount|net|payment amount|"
    "amount excl vat|"
    "amount exc vat|amount ex vat|amount net of vat|total amount|spend|net value|amount excluding vat|line amount|"
    "payment|cost|amount ex vat|amount paid ex vat|payment value|amount in sterling",
    "purpose": "purpose|description|expense type|expenditure type|narrative|details|item|expenditure category|"
    "subjective|"
    "category|summary of purpose|purpose of spend|expense description|what it was for|subjective description|"
    "type of spend|"
    "expense area|merchant category|purpose of expenditure|what for|reason for payment|payment for|goods or services",
    "stream": "stream|funding stream|fund|service area|cost centre|budget|directorate|department|programme|"
    "cost centre description",
    "agreement": "agreement|contract reference|contract ref|contract|agreement reference|contract no|contract number",
    "supplier_number": "supplier number|supplier no|charity number|company number|supplier id|vendor number|vendor id",
    "redaction": "redaction|redacted|exemption|reason for redaction",
    "body": "body|body name|organisation code|entity",
}
Family = str  # "register" or "spend"
EXACT: Mapping[Family, Mapping[str, str]] = {
    family: {name: field for field, names in fields.items() for name in names.split("|")}
    for family, fields in (("register", _REGISTER), ("spend", _SPEND))
}
LABELS = {
    "reference": "Reference", "title": "Title, or what it is for", "supplier": "Supplier, provider or recipient",
    "value": "Value over the whole term", "value_a_year": "Value of a year", "start": "First day", "end": "Last day",
    "maximum_end": "Last possible end", "period": "Term, from and to", "status": "Status", "contact": "Lead or contact",
    "stream": "Funding stream", "charity_number": "Charity number", "company_number": "Company number",
    "supplier_number": "Charity or company number", "date": "Day of the award", "signed": "Day of the signatures",
    "conditions": "Conditions", "procedure": "How it was let", "notice": "Last day to give notice", "kind": "Kind",
    "project_code": "Project code", "year": "Financial year", "seen_by": "Who may see it", "area": "Where",
    "budget": "Budget of the stream",
}  # fmt: skip
FIELDS = tuple(LABELS.items())
SPEND_FIELDS = (
    ("number", "Transaction number"), ("date", "Day of the payment"), ("supplier", "Supplier"), ("amount", "Amount"),
    ("purpose", "Purpose"), ("stream", "Funding stream"), ("agreement", "Agreement"), ("redaction", "Why it is redacted"),
)  # fmt: skip
