"""What people answer at ten hard procedures, and the list of papers they must get."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.catalogue.shapes import Audience, Channel


@dataclass(frozen=True)
class Story:
    """What somebody answers, and the list they must get; `one_of` names the alternatives of a group, "a+b" together."""

    code: str
    variant: str
    hand_in: str
    answers: Mapping[str, str] = field(default_factory=dict)
    one_of: Mapping[str, str] = field(default_factory=dict)
    show: str = ""
    look_up: str = ""
    channel: Channel = Channel.COUNTER
    applicant: Audience = Audience.CITIZEN
    notes: int = 0


def say(text: str) -> dict[str, str]:
    """ "a=yes b=no" as answers."""
    return dict(part.split("=") for part in text.split())


BIRTH = {"foundling": "no", "surrogacy": "no", "delegated": "no", "on_time": "yes"}
WORKS = {"fire": "no", "review": "no", "heritage": "no", "belief_opinion": "no", "adjoining": "no"}
LAND4 = {"land": "land_use land_and_assets house_and_land other_land_paper"}
PROJECT = {"project": "project_approval investor_approval failed_auction project_transfer recovery_papers"}
SELF = {"acting": "self"}
PLOT = dict.fromkeys(
    (
        *("title_papers", "bought", "inherited", "household", "shared", "easement", "wrong_authority"),
        *("violation", "paid_before", "extract", "illegal_building", "farm_works", "delegated"),
    ),
    "no",
)
COMPANY = {**SELF, "new_organisation": "no", "foreign_investor": "no"}
KIN = {"kinship": "kinship_proof kinship_pledge+kinship_witnesses"}

STORIES = [
    # A birth: the notice, else a witness, else a pledge.
    Story(
        "1.001193",
        "general",
        "form birth_notice",
        BIRTH | say("birth_notice=yes"),
        show="identity",
        look_up="residence",
        notes=5,
    ),
    Story(
        "1.001193",
        "general",
        "form witness_statement surrogacy",
        BIRTH | say("birth_notice=no witness=yes surrogacy=yes"),
        show="identity",
        look_up="residence",
        notes=5,
    ),
    Story(
        "1.001193",
        "general",
        "form birth_pledge foundling_record delegation",
        BIRTH | say("birth_notice=no witness=no foundling=yes delegated=yes"),
        show="identity",
        look_up="residence",
        notes=5,
    ),
    Story(
        "1.001193",
        "general",
        "online_form birth_notice",
        BIRTH | say("birth_notice=yes"),
        show="identity",
        look_up="residence",
        channel=Channel.ONLINE,
        notes=6,
    ),
    Story(
        "1.001193",
        "general",
        "form birth_notice certified_copies",
        BIRTH | say("birth_notice=yes"),
        look_up="residence",
        channel=Channel.POST,
        notes=5,
    ),
    # A birth and a recognition, with a foreign element: a pledge counts with its witnesses only.
    Story(
        "1.001695",
        "general",
        "form recognition_form birth_notice",
        say("born_abroad=no birth_notice=yes foreign_parent=no"),
        KIN,
        show="identity",
        look_up="residence",
        notes=3,
    ),
    Story(
        "1.001695",
        "general",
        "form recognition_form foreign_birth_paper "
        "nationality_agreement nationality_confirmation foreign_passport",
        say("born_abroad=yes foreign_paper=yes lives_here=yes foreign_parent=yes foreign_nationality=yes"),
        KIN,
        show="identity legal_entry police_confirmation",
        look_up="residence",
        applicant=Audience.FOREIGNER,
        notes=3,
    ),
    Story(
        "1.001695",
        "general",
        "form recognition_form birth_pledge nationality_agreement foreign_passport",
        say("born_abroad=no birth_notice=no witness=no foreign_parent=yes foreign_nationality=no"),
        KIN,
        show="identity",
        look_up="residence",
        notes=3,
    ),
    # A marriage with a foreigner.
    Story(
        "2.000806",
        "general",
        "form health foreign_passport",
        say("foreign_party=yes working_abroad=no divorced_abroad=no public_servant=no"),
        {"foreign_status": "foreign_single foreign_capacity"},
        show="identity",
        look_up="residence marital_status",
        notes=4,
    ),
    Story(
        "2.000806",
        "general",
        "form health foreign_passport mission_status divorce_entry service_statement",
        say("foreign_party=no working_abroad=yes divorced_abroad=yes public_servant=yes"),
        show="identity",
        look_up="residence marital_status",
        notes=4,
    ),
    # An adoption.
    Story(
        "2.001263",
        "general",
        "form need_form identity_copy marriage_certificate health circumstances",
        say("child_known=no kin=no couple=yes special_child=no"),
        look_up="residence",
        notes=2,
    ),
    Story(
        "2.001263",
        "general",
        "form identity_copy child_birth child_health child_photos",
        say("child_known=yes kin=yes couple=no child=orphan institution=no special_child=no"),
        {"orphan": "parents_death parents_declared_dead"},
        look_up="marital_status residence",
        notes=2,
    ),
    Story(
        "2.001263",
        "general",
        "form identity_copy marriage_certificate health circumstances "
        "child_birth child_health child_photos found_record institution_decision",
        say("child_known=yes kin=no couple=yes child=foundling institution=yes special_child=yes"),
        look_up="residence",
        notes=2,
    ),
    # A building permit: seven kinds of works, one paper on the land of four.
    Story("1.013225", "house", "form house_drawings", WORKS, LAND4, notes=1),
    Story(
        "1.013225",
        "house",
        "form house_drawings fire review neighbour_pledge",
        WORKS | say("fire=yes review=yes adjoining=yes"),
        LAND4,
        notes=1,
    ),
    Story(
        "1.013225",
        "religious",
        "form project_approval basic_design drawings religion_approval heritage",
        WORKS | say("basic_design=yes heritage=yes"),
        LAND4,
        notes=1,
    ),
    Story(
        "1.013225",
        "belief",
        "form drawings belief_opinion",
        WORKS | say("belief_opinion=yes"),
        LAND4,
        notes=1,
    ),
    Story(
        "1.013225",
        "diplomatic",
        "form project_approval drawings treaty_terms",
        WORKS | say("basic_design=no"),
        LAND4,
        applicant=Audience.ORGANISATION,
        notes=1,
    ),
    # Land allocated, leased, changed, extended: eight cases.
    Story(
        "1.013949",
        "approved_investment",
        "form forest_project topsoil",
        say("forest=allocated rice=yes"),
        PROJECT,
    ),
    Story("1.013949", "no_investment", "form forest_auction", say("forest=leased rice=no")),
    Story(
        "1.013949",
        "change_plain",
        "form topsoil",
        say("rice=yes"),
        {"title": "certificate old_papers land_decision"},
    ),
    Story(
        "1.013949",
        "farm_company",
        "form company_plan recovered_plan",
        say("recovered=yes"),
        PROJECT,
        applicant=Audience.BUSINESS,
    ),
    Story(
        "1.013949",
        "extension",
        "extension_form",
        {},
        {"extension": "ext_certificate ext_decision ext_project"},
    ),
    # First registration of land: nobody is asked for what their plot does not have.
    Story("1.013978", "resident", "form", PLOT),
    Story(
        "1.013978",
        "resident",
        "form title_papers inheritance plot_transfer "
        "household_members violation_papers fine_receipt representation",
        PLOT
        | say("title_papers=yes inherited=yes art45=yes household=yes violation=yes fined=yes delegated=yes"),
    ),
    Story("1.013978", "resident", "form violation_papers", PLOT | say("violation=yes fined=no")),
    Story(
        "1.013978",
        "overseas",
        "form overseas_inheritance common_certificate",
        PLOT | say("inherited=yes shared=yes"),
        applicant=Audience.CITIZEN_ABROAD,
    ),
    Story("1.013978", "registered", "form registration_notice", {}),
    # A cooperative.
    Story(
        "1.005280",
        "foundation",
        "form charter founding_resolution members representative_number",
        SELF | say("representative=citizen foreign_investor=no"),
    ),
    Story(
        "1.005280",
        "foundation",
        "form charter founding_resolution members "
        "representative_papers investment_certificate project_certificate service_contract",
        say("acting=organisation representative=foreigner foreign_investor=yes project_certificate=yes"),
        channel=Channel.ONLINE,
        notes=1,
    ),
    Story(
        "1.005280",
        "conversion_foreign",
        "form charter founding_resolution "
        "members representative_number investment_certificate_due investment_approval",
        SELF | say("representative=citizen"),
    ),
    Story(
        "1.005280",
        "reorganisation",
        "form charter members representative_number merger",
        SELF | say("representative=citizen foreign_investor=no reorganisation=merger"),
    ),
    # A company's members, representative, owner.
    Story("2.002011", "partner", "change_form partner_list", SELF, notes=2),
    Story(
        "2.002011",
        "representative",
        "representative_form",
        SELF | say("representative_gone=no"),
        {"representative": "representative_resolution"},
        notes=2,
    ),
    Story(
        "2.002011",
        "representative",
        "representative_form authorisation",
        say("acting=person representative_gone=yes"),
        {"representative": "representative_resolution representative_gone"},
        notes=2,
    ),
    Story(
        "2.002011",
        "member_joins",
        "change_form member_list council_resolution contribution_proof "
        "organisation_papers organisation_delegate investment_approval service_contract introduction",
        say("acting=courier new_organisation=yes foreign_investor=yes"),
        applicant=Audience.BUSINESS,
        notes=2,
    ),
    Story(
        "2.002011",
        "member_transfer",
        "change_form member_list",
        COMPANY,
        {"transfer": "transfer_contract transfer_done"},
        notes=2,
    ),
    Story("2.002011", "member_unpaid", "change_form remaining_list council_resolution", COMPANY, notes=2),
    Story(
        "2.002011",
        "member_reorganised",
        "change_form member_list council_resolution contribution_proof reorganisation_absorption",
        COMPANY | say("reorganisation=absorption"),
        notes=3,
    ),
    Story(
        "2.002011",
        "member_buyback",
        "change_form member_list buyback_contract dispatch_slip",
        COMPANY | say("acting=public_post"),
        notes=2,
    ),
    Story(
        "2.002011",
        "member_debt_sold",
        "change_form member_list debt_agreement",
        COMPANY,
        {"transfer": "transfer_contract transfer_done"},
        notes=2,
    ),
    Story("2.002011", "owner_inherits", "owner_form_new inheritance_paper", COMPANY, notes=2),
    Story(
        "2.002011",
        "owner_authority",
        "owner_form_new authority_decision investment_approval",
        COMPANY | say("foreign_investor=yes"),
        notes=2,
    ),
    # Legal aid: one paper, two together, or one of three together with one of two.
    Story("2.000829", "general", "form matter_papers poor_certificate", say("person=poor"), notes=1),
    Story(
        "2.000829",
        "general",
        "form matter_papers accused_near_poor accused_paper",
        say("person=accused"),
        notes=1,
    ),
    Story(
        "2.000829",
        "general",
        "form matter_papers",
        say("person=elderly"),
        {"elderly": "elderly_allowance elderly_admission elderly_near_poor+elderly_age"},
        notes=1,
    ),
    Story(
        "2.000829",
        "general",
        "form matter_papers",
        say("person=martyr_kin"),
        {
            "martyr_means": "martyr_kin_near_poor martyr_kin_allowance martyr_kin_admission",
            "martyr_kin": "martyr_decision martyr_diploma+martyr_relation",
        },
        notes=1,
    ),
    Story(
        "2.000829",
        "general",
        "form matter_papers hiv_paper",
        say("person=hiv"),
        {"hiv_means": "hiv_near_poor hiv_allowance hiv_admission"},
        applicant=Audience.FOREIGNER,
        notes=1,
    ),
]
