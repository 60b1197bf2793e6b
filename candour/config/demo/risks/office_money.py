"""Strategic risks of the office: money."""

from candour.config.demo.shapes import Close, Control, Reopen, Rescore, Restrict, Review, Settle, Tale, Update

OFFICE_MONEY = (
    Tale(
        "MPC001",
        "Savings fall short and the budget no longer balances",
        "cfo",
        "cfo",
        raised=104,
        score=(4, 3),
        target=(4, 2),
        category="Finance",
        joint=True,
        links=(("ST0201", "is the same risk in the force"), ("MPC027", "is made worse by")),
        source="Pay awards above the 2.5% in the plan, and a settlement that is announced one year at a time.",
        event="The savings plan delivers less than the £11.6m that the medium-term plan counts on.",
        effect="Reserves fall under the 3% floor by {fy+2}, and officer or staff posts are frozen to balance.",
        context="Revenue budget of £262.4m. Each 1% on pay costs about £2.1m in a full year.",
        why="Carried over from the paper register when Candour came into use.",
        controls=(
            Control("Reserves strategy with a floor of 3% of net revenue, tested each February", since=104),
            Control("Joint savings board, chaired in turn by the two finance leads, every four weeks", since=104),
            Control("Savings tracker that marks each scheme as cashed, agreed or hoped for", due=82, added=96),
            Control("Zero-based look at every vacancy older than 90 days", owner="ce", due=-1, added=33),
            Control("Business cases for the £2.3m of estate savings", owner="estates", due=-12, added=21),
            Control("Hold all overtime requests for sign-off by a director", since=100),
        ),
        quiet=(99, 60),
        steps=(
            Review(
                86,
                "The settlement leaves £3.4m to find that was not in the November forecast. Likelihood goes to the top "
                "until the schemes for the new year are signed off.",
                score=(4, 4),
                answers=((3, "still to do", 72),),
            ),
            Settle(
                71, 3, "in place", "Tracker has been in use since the May closedown; the panel saw it in its papers."
            ),
            Review(
                47,
                "£6.8m of £11.6m is cashed or contracted. The gap in {fy+1} is down to £1.9m, so likelihood falls to "
                "likely. It would rise again with a pay award above 3%.",
                score=(4, 3),
                answers=((1, "works", None), (2, "works", None)),
            ),
            Settle(40, 6, "removed", "It delayed cover in the control room and saved £14,000 in a year: not worth it."),
            Update(29, "Pay award settled at 4.2%, against 2.8% in the budget. Unfunded part is £2.9m this year."),
            Review(
                21,
                "With the pay award and £0.8m of slippage on fleet savings, the plan no longer balances in {fy+1}. "
                "Likelihood goes back to very high. Estate savings need business cases before they can be counted.",
                score=(4, 4),
                answers=((2, "in part", None),),
            ),
            Review(
                8,
                "Gap now £4.7m in {fy+1} and £9.3m over the plan. Vacancy review has found £640,000 so far. Options "
                "for the rest go to the joint board before the budget is set.",
                answers=((4, "still to do", -1),),
            ),
            Update(2, "Vacancy review has reached £910,000: 17 posts given up, 6 still under discussion."),
        ),
    ),
    Tale(
        "MPC003",
        "Government grants for victims’ services are cut or confirmed too late",
        "cfo",
        "commissioning",
        raised=104,
        score=(3, 2),
        target=(3, 2),
        category="Finance",
        links=(("MPC007", "could bring about"),),
        source="The core victims grant is awarded yearly and often confirmed weeks before the year begins.",
        event="The grant falls by more than 5%, or no letter has come by the end of February.",
        effect="Notice is given to specialist staff at providers; waiting lists pass eight weeks.",
        context="£1.94m core grant and £610,000 for domestic and sexual abuse support.",
        controls=(
            Control("Break clause at three months in every agreement paid from grant", since=104),
            Control("£250,000 held for one quarter of core services", owner="cfo", since=98, added=98),
            Control("Forecast of demand shared with the ministry each autumn", due=-4, added=8),
        ),
        quiet=(99, 60, 47),
        steps=(
            Review(
                86,
                "Award letter arrived on time but 4.2% lower. Providers were told within a week and nobody has "
                "given notice to staff. Impact unchanged, likelihood up to likely for the coming year.",
                score=(3, 3),
            ),
            Review(73, "Savings found inside the grant: £81,000 from one shared referral line. Score held."),
            Review(34, "Second quarterly return accepted without a query. Demand is 9% above last year."),
            Review(
                21,
                "Ministry has told offices informally to plan on flat cash. Flat cash means 3.6% less in real terms.",
                answers=((2, "works", None),),
            ),
            Review(8, "No letter is expected before the new year. Demand forecast is being drawn up with providers."),
            Rescore(
                4,
                (4, 3),
                "Ministry wrote that the domestic abuse uplift ends with this year. £610,000 supports 11 posts, so "
                "impact rises from high to very high.",
            ),
            Update(3, "Wrote jointly with four neighbouring offices. Reply promised before the settlement."),
        ),
    ),
    Tale(
        "MPC004",
        "Invested reserves lose value or cannot be drawn when needed",
        "cfo",
        "cfo",
        raised=103,
        score=(3, 2),
        target=(3, 1),
        category="Finance",
        source="£31m of balances is placed with other bodies for between a month and a year.",
        event="A borrower defaults, or cash is tied up when payroll is due.",
        effect="Loss of principal, and short-term borrowing at up to 1.5 points above the rate earned.",
        controls=(
            Control("Treasury strategy: no more than £5m with one borrower, rated A− or better", since=103),
            Control("Daily cash forecast kept by the force’s finance team", owner="cfo", since=103),
            Control("Second signatory for every deal above £1m", due=76, added=86),
        ),
        quiet=(73, 47),
        steps=(
            Review(99, "Balances reviewed against the counterparty list. Two limits were found to be out of date."),
            Review(86, "Limits corrected. Auditor’s point on single signatures accepted; control added."),
            Settle(77, 3, "in place", "Bank mandate changed and tried with a test deal."),
            Review(
                60,
                "Full year with every deal inside its limit. Likelihood falls to rare.",
                score=(3, 1),
                answers=((1, "works", None), (2, "works", None), (3, "works", None)),
            ),
            Review(21, "Mid-year report: average return 4.31%, nothing placed beyond nine months."),
            Close(4, "At its target for a year. The treasury report to the panel goes on each half year."),
        ),
    ),
    Tale(
        "MPC019",
        "The force cannot show that it gives value for money",
        "cfo",
        "cfo",
        raised=97,
        score=(4, 3),
        target=(4, 1),
        category="Performance",
        sensitivity="office",
        links=(("ST0204", "is tested by"),),
        source="Cost per head in four of eleven functions lies above the mean of similar forces.",
        event="Inspectors or external auditors report a significant weakness in use of resources.",
        effect="Public report with recommendations; harder to argue for a rise in precept.",
        controls=(
            Control("Yearly comparison with similar forces, discussed in public at the accountability board", since=97),
            Control("Value for money statement with each business case over £100,000", since=86, added=86),
            Control("Deep dive into the three dearest functions", due=-15, added=34),
            Control("Benefits review a year after each large project", owner="policy", due=-38, added=34),
        ),
        quiet=(73, 47),
        steps=(
            Review(86, "Profiles published: contact, custody and fleet cost more than at comparable forces."),
            Review(
                60,
                "External auditors found no significant weakness in {fy-1}. Likelihood down to possible; the "
                "functions that cost more are still to be explained.",
                score=(4, 2),
                answers=((1, "works", None),),
            ),
            Review(34, "Fleet costs down by £420,000 after pooling. Custody remains 18% above the mean."),
            Review(21, "Scope of the deep dive agreed with the force: custody first, then contact, then fleet."),
            Review(8, "Custody deep dive began. First findings: half the difference comes from two small sites."),
        ),
    ),
    Tale(
        "MPC027",
        "The Police and Crime Panel vetoes the proposed precept",
        "cfo",
        "cfo",
        raised=100,
        score=(3, 2),
        target=(3, 1),
        category="Finance",
        source="Two thirds of the panel’s members can veto a proposal, and households are under strain.",
        event="The panel refuses the rise and the revised proposal brings in less.",
        effect="Each £1 on band D not raised is £386,000 a year lost to the base budget.",
        controls=(
            Control("Public survey on the precept, at least 1,000 answers", owner="comms", since=95, added=95),
            Control("Briefing for panel members on the medium-term plan before the formal meeting", due=-9, added=5),
            Control("Second proposal worked out in full in advance", due=-10, added=5),
        ),
        steps=(
            Review(
                92,
                "Survey closed with 2,318 answers; 54% would pay £10 a year or more.",
                answers=((1, "works", None),),
            ),
            Review(87, "Proposal of £13.50 on band D backed by nine votes to four.", score=(3, 1)),
            Close(86, "Precept for the year is set. The risk comes back when the next proposal is prepared."),
            Reopen(5, "Work on the next precept has begun and two groups on the panel have said they oppose any rise."),
            Review(
                4,
                "Of thirteen members, six are new since the last vote. Likelihood set at likely until they have been "
                "briefed.",
                score=(3, 3),
            ),
        ),
    ),
    Tale(
        "MPC026",
        "A partner that co-funds services turns out to be close to insolvency",
        "cfo",
        "cfo",
        raised=58,
        score=(4, 2),
        category="Finance",
        sensitivity="office",
        source="Draft accounts of a funding partner show balances for fewer than 40 days.",
        event="The partner issues a notice that stops new spending, and its share of joint services ends.",
        effect="£730,000 a year to find at short notice or three services closed.",
        why="Raised after a conversation in confidence with the partner’s treasurer.",
        controls=(
            Control("Monthly call between the two finance leads", since=58),
            Control(
                "Joint agreements state what happens to staff if one funder leaves", owner="commissioning", since=52
            ),
        ),
        quiet=(47,),
        steps=(
            Restrict(57, "restricted", "Harm to the partner if it became known before they speak of it themselves."),
            Review(34, "Partner’s recovery plan agreed by its board. Quarterly payment came eleven days late."),
            Review(21, "Payment on time. Balances now near 60 days; nothing more that this office could do."),
            Review(8, "Auditor of the partner has signed without a warning. Score kept until the spring accounts."),
        ),
    ),
)
