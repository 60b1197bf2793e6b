"""What the columns and labels of trackers are called, by the field that they hold. Pure."""

# A field -> its names in small letters, parted by bars. Wide ones ("who", "updated") are held against what their column holds.
SAME = {
    "audit": "parent title|parent action|parent name|parent|"
    "assignment|assignment title|assignment name|assignment area|review area|area reviewed|audit reviewed|"
    "internal audit|internal audit review|audit report name|audit report title|engagement title|inspection or audit|"
    "auditable area|"
    "audit|audit title|report|report title|audit report|review|audit name|name of audit|audit area|"
    "internal audit report|source report|audit review|title of audit|title of report|inspection|audit assignment|"
    "name of review|inspection title|name of inspection|audit or report|audit subject|source of recommendation|"
    "source audit|report name|audit project|source document|thematic|publication|inspection report|review title|"
    "audit review title|project name|engagement|engagement name|audit engagement|name of report",
    "opinion": "opinion|assurance|assurance level|assurance opinion|audit opinion|overall opinion|level of "
    "assurance|assurance rating|assurance given|opinion given|report opinion|report rating|audit assurance|"
    "overall assurance|"
    "audit rating",
    "audit_date": "audit date|report date|date of report|date of audit|final report date|date issued|report issued|"
    "date of final report|date reported|issued|date report issued|date of issue|final report|date published|published|"
    "publication date|date of inspection|month of report|date of final|issue date|report month|date of publication|"
    "date raised|raised",
    "reference": "code|recommendation id no|rec ref no|action reference no|recommendation unique reference|issue no|"
    "issue ref|finding no|finding ref|"
    "reference|ref|ref no|rec ref|recommendation reference|rec no|rec number|recommendation no|"
    "recommendation number|no|number|id|rec|recommendation ref|action ref|unique reference|para|paragraph|"
    "section recommendation reference|rec id|ref number|reference number|unique ref|action no|action id|action number|"
    "item|"
    "item no|recommendation id|r no|report ref|tracker ref|log no|unique id|audit ref|ref id|action reference|serial|"
    "serial no|"
    "afi ref|afi no|hmicfrs ref|s no|action code|recommendation code|code",
    "heading": "heading|title|recommendation title|subject|area|issue|summary|headline|rec title|control area|"
    "area of control|"
    "topic|recommendation summary|short title|recommendation heading|theme|action title|title of recommendation|"
    "issue title|finding title",
    "text": "action description|action details|action detail|description of action|"
    "agreed action plan|issue and recommendation|recommendation and agreed action|proposed action|"
    "improvement required|required action|recommendations made|improvement recommendation|management action "
    "required|areas for improvement|"
    "recommendation|recommendations|agreed action|recommendation made|action|action required|"
    "recommendation text|agreed actions|description|details of recommendation|recommendation detail|"
    "agreed recommendation|"
    "full recommendation|what was recommended|recommendation agreed|agreed recommendation action|"
    "recommendation details|"
    "recommended action|recommendation or action|recommendation wording|audit recommendation|wording|"
    "recommendation cause of concern or afi|recommendation or afi|agreed management actions|suggested action|"
    "improvement action|"
    "recommendation area for improvement|details|detail|recommendation description|actions|what was asked|"
    "area for improvement|afi|cause of concern|action agreed|original recommendation|the recommendation",
    "finding": "issue and risk|issues and risks|issue and risk previously communicated|weakness identified|control "
    "issue|issue description|what we found|finding details|summary of finding|key finding|key findings|issue and implication|"
    "finding|findings|observation|weakness|audit finding|finding and risk|findings and implications|"
    "issue identified|"
    "issue raised|audit findings|detailed finding|observation and risk|rationale|background|observations|"
    "control weakness",
    "risk": "implication|risk implication|risk and implication|associated risk|risk exposure|implications|"
    "potential risk|risk identified|risk description",
    "priority": "assessment|risk score|recommendation priority rating|priority of recommendation|finding rating|"
    "finding priority|issue rating|action grade|grade of recommendation|"
    "priority|grade|grading|rating|risk|priority rating|rec priority|risk rating|priority score|"
    "category|priority grade|recommendation priority|importance|severity|priority level|significance|risk level|"
    "risk category|"
    "recommendation category|recommendation grade|recommendation rating|level of risk|level|audit priority|pri|p|class|"
    "classification|h m l|risk grade|h m l rating|priority h m l|action priority|impact",
    "source": "coc rec afi|coc rec or afi|coc afi rec|rec coc afi|rec afi coc|afi rec coc|coc afi or rec|coc or afi|"
    "afi or coc|coc afi|"
    "source|type|recommendation type|origin|raised by|type of recommendation|source type|inspectorate|"
    "recommending body|body|from|provider|auditor|made by|rec or afi|rec afi|afi or rec|rec type|type of rec",
    "response_text": "management response and actions|agreed management action and response|management reply|"
    "officer response|response of management|client comments|agreed action and response|management agreed action|"
    "response|management response|management comments|management comment|initial management response|"
    "management action|agreed management action|client response|management s response|management action plan|"
    "management response and action|action plan|initial response|original response|original management response|"
    "agreed response|response to recommendation|auditee response|force response|pcc response|accepted|"
    "management response agreed action|management actions|response and agreed action|our response",
    "owner": "gold lead|silver lead|bronze lead|thematic lead|business area lead|chief officer|acpo lead|command lead|"
    "managed by|responsible officer name|responsible lead officer|owner name|action responsible officer|lead "
    "responsible|recommendation lead|officer lead|implementation lead|nominated officer|person responsible for "
    "implementation|operational lead|senior lead|director|executive lead|exec lead|lead director|"
    "owner|responsible officer|responsible person|action owner|business owner|lead|lead officer|"
    "responsibility|responsible owner|responsible post|manager responsible|assigned to|accountable officer|officer|"
    "officer responsible|owners|responsible manager|responsible lead|recommendation owner|responsible|"
    "who|by whom|owned by|lead manager|action lead|named officer|action by|post responsible|strategic lead|lead post|"
    "accountable owner|chief officer lead|senior responsible owner|senior responsible officer|sro|responsible director|"
    "accountable|person responsible|lead responsible officer|responsible officers|owner s|lead s|lead and support|"
    "responsible officer s|portfolio lead|responsibility timescale|responsibility and timescale|owner and date|"
    "owner date|"
    "responsible officer and date|who and when|responsible officer target date|owner and target date|"
    "responsibility target date|responsible officer timescale|delegated to|allocated to|business lead|tactical lead|"
    "responsible individual|who is responsible|action manager|action assigned to|owner post|owning post|"
    "primary contact|"
    "force lead|opcc lead|force owner|opcc owner|"
    "officer and timescale|officer timescale|officer and date|officer date|officer and deadline|lead and date|"
    "lead date|"
    "lead and timescale|manager",
    "original_target": "original due|action due date|agreed completion|target completion|due date original|original target "
    "completion date|original agreed completion date|first agreed date|implementation deadline|agreed due date|"
    "agreed implementation timescale|implementation timescale|implementation timetable|"
    "original target|original target date|original due date|target|target date|due date|"
    "original date|implementation date|agreed date|original completion date|timescale|deadline|completion date|"
    "date due|"
    "target completion date|original implementation date|target implementation date|agreed implementation date|"
    "agreed timescale|due|when|by when|target for completion|date for completion|date agreed|original deadline|"
    "date for implementation|agreed target date|timescales|due by|original timescale|implementation target|"
    "agreed completion date|target for implementation|implement by|planned completion|planned completion date|"
    "expected completion date|first target date|first date|first target|original agreed date|original|"
    "implementation target date|complete by|completion due|initial target date|initial due date|delivery date|"
    "milestone|"
    "original agreed implementation date|timeframe|action date|originally due|agreed deadline|expected date",
    "current_target": "now|current agreed date|due date revised|latest agreed date|revised target implementation date|"
    "latest implementation date|revised completion|revised implementation|revised timescales|revised forecast date|"
    "latest expected date|new implementation target|new completion date|new agreed date|"
    "current target|current target date|revised target|revised target date|revised date|revised "
    "due date|new target date|latest target|latest target date|revised implementation date|revised completion date|"
    "extended date|new date|current due date|revised deadline|current date|revised|date revised|latest date|"
    "revised timescale|revised target completion date|second date|revised target dates|revised dates|"
    "latest revised date|"
    "current implementation date|forecast date|forecast completion|forecast completion date|extension|extended to|"
    "extension date|new deadline|current deadline|latest due date|amended date|amended target date|now due|"
    "current completion date|expected completion|revised expected date|new implementation date|date now|target now|"
    "new due date|revised due|revised to|current timescale|revised agreed date|proposed new date|proposed date|"
    "deadline extension|extended deadline|proposed revised date|date extended to|extension requested|"
    "extension requested to",
    "status": "completion status|recommendation state|follow up status|internal audit status|audit status|"
    "assessment of progress|progress rating|action progress|implementation stage|open or complete|status at date|ia "
    "status|current state|action state|"
    "status|current status|position|state|implementation status|rec status|outcome|open closed|action status|"
    "proposed closed|closed|closure|proposed for closure|proposed closure|recommendation status|completed|rag|"
    "rag status|"
    "rag rating|brag|brag status|brag rating|progress rag|complete|implemented|open or closed|complete y n|status rag|"
    "status of recommendation|status of action|delivery status|action rag|progress status|overall status|closed y n|"
    "implementation rag|implemented y n|current rag|rag current|stage|self assessment",
    "updates": "last comment|last comments|most recent comment|most recent comments|"
    "owners update|owner s update|latest note|latest notes|last note|most recent note|latest status update|update "
    "on actions taken to address the issue|update on actions taken|action taken and progress|management update and "
    "evidence|progress against the action|progress since last meeting|latest progress note|current status update|"
    "follow up findings|follow up result|position as reported|response update|progress statement|"
    "update|updates|latest update|progress|progress update|comments|commentary|current position|"
    "management update|progress to date|latest position|owner update|action plan updates|"
    "business owner action plan updates|"
    "update comments|progress comments|narrative|notes|progress comment|progress note|progress notes|progress report|"
    "progress made|auditee update|officer update|owner comments|position statement|current progress|latest comments|"
    "latest progress|follow up comments|status update|status comments|status comment|comment|update on progress|"
    "implementation update|summary of progress|latest progress update|action taken|actions taken|action taken to date|"
    "actions taken to date|work to date|update from owner|update from lead|update log|history|force update|opcc update|"
    "lead update|"
    "management comment on progress|progress against action|progress and evidence|update narrative|evidence and update|"
    "latest management update|progress against recommendation|update and evidence|implementation progress|"
    "progress summary|"
    "current update|latest commentary|activity to date|auditor comments|internal audit comments|auditor s comments|"
    "internal audit update|update provided|last update|most recent update|quarterly update|progress log|update history|"
    "position statement update|story so far|what has happened|what has happened since",
    "achieved": "achieved|what has been achieved|completed to date|achievements|what has been completed|"
    "what has been done|done so far|work completed|completed so far|achieved so far",
    "left": "left|what is left to complete|left to do|outstanding|outstanding actions|remaining|what is left|"
    "remaining work|next steps|work outstanding|outstanding work|still to do|what remains|remaining actions|to do|"
    "what is left to do|further action|further action required|further actions required|what is outstanding",
    "barriers": "barriers|barriers to completion|any barriers to completion|obstacles|blockers|issues and barriers|"
    "reason for delay|reasons for delay|risks to delivery|challenges|in the way|what is in the way|barriers and issues|"
    "dependencies|reason for slippage|reason for extension",
    "repeat_of": "repeat|repeat of|repeat recommendation|previous recommendation|previously raised|repeats|earlier "
    "recommendation|repeat finding",
    "updated": "last comment date|comment date|"
    "latest note date|last note date|note date|date of note|date of last comment|status date|last reviewed|"
    "update date|date of update|updated|date updated|last updated|date last updated|update given|"
    "update period|as at|position date|"
    "date of last update|last update date|date of latest update|updated on|date of comment|update as at|quarter|month",
    "evidence": "evidence|evidence provided|supporting evidence|evidence of completion|evidence of closure|"
    "evidence held|"
    "evidence seen|evidence of implementation",
    "ended": "date closed|closed on|closure date|date of closure|date completed|completed on|date implemented|"
    "actual completion date|implemented on|actual implementation date|date complete|actual date|actual completion",
}
EXACT = {name: field for field, names in SAME.items() for name in names.split("|")}
# What a person may say that a column holds, and in which words.
FIELDS = (
    ("audit", "Audit, or report"),
    ("opinion", "Opinion"),
    ("audit_date", "Date of the report"),
    ("reference", "Reference"),
    ("heading", "Heading"),
    ("text", "Recommendation"),
    ("finding", "Finding"),
    ("risk", "Risk"),
    ("priority", "Priority"),
    ("source", "Who made it"),
    ("response_text", "Management response"),
    ("owner", "Owner"),
    ("original_target", "Original target"),
    ("current_target", "Current target"),
    ("status", "Status, or proposed closed"),
    ("ended", "Date it was completed"),
    ("updates", "Update"),
    ("updated", "Date of the update"),
    ("achieved", "What has been achieved"),
    ("left", "What is left"),
    ("barriers", "Barriers"),
    ("repeat_of", "Repeats"),
    ("evidence", "Evidence"),
)
