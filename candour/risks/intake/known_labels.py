"""The whole headings and labels that registers print, by the field that they stand for. Pure data: words in small letters."""

SAME = {
    "reference": "risk ref id|risk index|index|risk identifier|identifier|item no|ser|serial|serial no|sr no|s no|line "
    "no|risk item|"
    "reference|ref|ref no|reference no|reference number|ref number|risk reference|risk ref|urn|"
    "risk ref no|risk urn|id|risk id|risk no|risk number|unique reference|unique reference number|"
    "risk reference number|no|number|register ref|register reference|risk code|code|ref id|unique id|record no|log no|"
    "log number|log ref|risk log no|datix id|datix no|baf ref|baf no|corporate risk no|strategic risk no|crr ref|"
    "srr ref",
    "joint_reference": "joint reference|joint ref|joint risk reference|joint risk ref|force reference|force ref|"
    "force risk|force risk ref|force risk reference|partner reference|other reference|linked risk|linked risks|"
    "related risk|related risks|cross reference|shared reference",
    "title": "risk and owner|risk and risk owner|title and owner|risk title and owner|"
    "title|risk title|risk|risk name|name|name of risk|short title|short description|"
    "title of risk|risk heading|headline risk|"
    "what is the risk|the risk|principal risk|strategic risk|corporate risk|key risk|headline",
    "summary": "risk summary|summary|description|risk description|description of risk|summary of risk|event|risk event|"
    "cause and effect|detail|details|risk detail|risk details|what could happen|uncertain event|then|"
    "there is a risk that|"
    "the risk is that|risk statement|nature of risk|description and consequence|risk and consequence|"
    "risk and consequences|"
    "description of threat|risk scenario",
    "source": "cause|causes|source|risk source|risk cause|source of risk|cause of risk|trigger|triggers|root cause|"
    "vulnerability|source cause of risk|source and cause of risk|cause source of risk|because of|due to|threat|"
    "risk driver|drivers|if|caused by|risk drivers|as a result of|because",
    "effect": "effect|effects|consequence of risk|effect of risk|potential effect|potential impact|potential effects|"
    "potential consequence|potential consequences|resulting in|impact on objectives|outcome|leading to",
    "information": "information|context|background|further information|additional information|background information|"
    "background and context|risk context",
    "category": "risk group|classification|domain|department|service area|service|"
    "category|risk category|risk type|type|type of risk|risk area|directorate|business area|portfolio",
    "owner": "ownership|accountability|accountable to|owners|risk owners|"
    "owner|executive risk owner|executive director|risk owner and lead|lead executive|lead executive director|"
    "risk owner|owned by|lead owner|accountable officer|executive owner|senior responsible owner|sro|"
    "accountable|strategic owner|risk owner post|owner post|director|lead director|executive lead|responsible director|"
    "chief officer lead|chief officer|head of service|accountable owner|senior owner|risk sponsor|sponsor|"
    "owner and lead|risk director|who owns it|exec lead|accountable lead|who|by whom|lead executive officer|executive sponsor|"
    "director lead|lead exec|smt lead|slt lead|cot lead|corporate lead|elt lead|risk owner s",
    "lead": "risk lead|lead|lead officer|lead post",
    "responsible_officer": "assignee|custodian|risk assignee|"
    "responsible officer|responsible|risk manager|manager|"
    "action owner|responsible post|responsible owner|managed by|responsible manager|action lead|"
    "risk handler|handler|assigned to|delegated to|officer",
    "status": "status|risk status|what happened|control status|current status|status of risk|state|open closed|"
    "risk state",
    "first_recorded": "first recorded|risk creation date|date raised|raised|date identified|identified|date opened|"
    "opened|created|date created|creation date|date recorded|recorded|date added|date first recorded|entry date|"
    "date entered|date of entry|raised on|first raised|added|date logged|logged|registered|date registered|"
    "date first raised|on register since|start date|date risk raised|date risk identified",
    "last_review": "assessed|assessed on|date assessed|assessment date|date of assessment|last assessed|refreshed|"
    "last review|last reviewed|date last reviewed|last review date|date of last review|reviewed|review|"
    "date reviewed|last updated|date of review|reviewed on|most recent review|date last updated|updated|date updated|"
    "last update date|date of last update|latest review|latest review date",
    "next_review": "next review|next review date|review due|review by|next review due|review date|date of next review|"
    "due for review|risk review date|risk review due|review due date|next due|date next review due|to be reviewed",
    "next_key_date": "next key date|key date|next milestone|next key dates|key dates|milestone|milestones",
    "direction": "direction of travel|direction|movement|trend|travel|change|risk movement|direction of risk|"
    "change since last|change since last review|change since last meeting|change since last report|risk trend|dot|"
    "change in score|score change|trajectory|movement since last report|movement since last quarter|"
    "change since previous|rag trend|arrow",
    "appetite": "appetite|risk appetite|tolerance|risk tolerance|appetite level|appetite category|within appetite",
    "proximity": "proximity|risk proximity|timescale|when|time frame|timeframe|how soon|imminence|when might it happen",
    "response": "response|risk response|strategy|risk strategy|response strategy|treatment|risk treatment|4 ts|four ts|"
    "4ts|treatment option|treatment strategy|risk treatment option|response type|approach|management approach|"
    "treat tolerate transfer terminate|mitigation strategy|mitigation approach|"
    "response to risk|decision",
    "controls": "controls and assurances|controls and assurance|existing controls and assurances|key controls and "
    "assurances|controls assurances|"
    "current controls and assurances|current controls and assurance|existing controls and assurance|controls assurance|"
    "mitigants|mitigant|mitigated by|managed through|key mitigants|"
    "controls|existing controls|control measures|mitigation|mitigations|mitigating actions|"
    "controls in place|current controls|preventive controls|preventative controls|recovery controls|detective controls|"
    "preventive measures|recovery measures|barriers|preventive barriers|recovery barriers|"
    "key controls|key controls in place|primary controls|controls and systems|"
    "mitigating controls|controls and mitigation|"
    "controls and mitigations|controls and actions|measures in place|control|controls mitigation|controls mitigations|"
    "risk controls|current mitigation|how we control it|mitigating action|mitigation in place|mitigations in place|"
    "existing control|existing mitigation|existing mitigations|existing measures|internal controls|"
    "control title|control description|description of control|how we manage it|how it is managed|"
    "how we are managing it|existing internal controls|current internal controls|"
    "existing controls in place|controls currently in place|current controls in place|current controls and mitigations|"
    "existing control measures|current control measures|current mitigations|what we are doing|"
    "what are we doing about it|controls already in place|safeguards|mitigation measures|mitigation controls",
    "pending_controls": "further controls|pending controls|planned controls|additional controls|planned actions|"
    "further actions|actions|actions required|further action|planned mitigation|controls planned|future controls|"
    "further mitigation|further mitigations|further actions required|further action required|action plan|"
    "actions planned|"
    "action|planned further actions|actions to close gaps|actions to address gaps|gaps and actions|"
    "actions to reach target|"
    "improvement actions|mitigating actions planned|actions to reach target score|actions to close the gaps|"
    "treatment plan|treatment actions|risk treatment plan|additional actions|"
    "further treatment|proposed actions|proposed controls|outstanding actions|further controls required|"
    "additional controls required|additional mitigation|what more we will do|what more can we do|required actions|"
    "planned mitigations|actions to be taken|controls to do|next steps|controls in progress|"
    "action required to manage the risk|action title|"
    "action description|mitigation plan|mitigation plans|mitigation planned|risk mitigation plan|"
    "action required to manage risk|actions to manage the risk|mitigating actions required|actions to mitigate|"
    "actions to reduce risk|further mitigating actions|planned improvements|additional mitigating actions",
    "updates": "latest update|update|updates|progress|progress update|latest updates|commentary|comments|narrative|"
    "latest position|current position|latest progress|update since last meeting|review notes|notes|position statement|"
    "progress updates|risk update|latest commentary|recent updates|review comments|review commentary|"
    "latest comments|progress notes|progress log|log|update log|risk commentary|update notes|comment|history|"
    "progress since last review|action update|update and progress|latest review comments|quarterly update|latest note|"
    "latest notes|status update|last note|current note",
    "update_date": "latest note date|date of latest note|date of latest update|latest update date|update date|"
    "note date|"
    "date of update|last note date|date of note",
    "impact": "how bad|how severe|how severe is it|how severe would it be|how serious would it be|"
    "how bad is it|how bad would it be|how serious|how big",
    "likelihood": "how likely|how likely is it|how likely would it be|chance|how probable",
    "band": "rag|rag rating|rag status|risk level|band|priority|risk band|current rag|risk category rating|risk colour|"
    "residual rag|net rag|colour|rag score|current rag status|residual risk level|risk banding|score band",
    "inherent_band": "inherent rag|gross rag|initial rag|inherent risk level|raw rag",
    "target_band": "target rag|target risk level",
    "previous_band": "previous rag|last rag",
    "matrix_factors": "i l s|l i s|i l t|l i t|"
    "impact x likelihood|likelihood x impact|i x l|l x i|lxi|ixl|impact likelihood|l i|c x l|l x c|"
    "cxl|lxc|"
    "p x i|i x p|pxi|ixp|consequence x likelihood|likelihood x consequence|severity x likelihood|likelihood x severity",
}
