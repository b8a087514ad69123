"""The kinds of parties (parties.models.PARTY_KINDS), in the order in which they come to a counter."""

from collections.abc import Mapping

from motcua.kernel.say import Say

PARTY_KINDS: Mapping[str, Say] = {
    "citizen": Say("Công dân Việt Nam", "Vietnamese citizen"),
    "household": Say("Hộ gia đình", "Household"),
    "household_business": Say("Hộ kinh doanh", "Household business"),
    "business": Say("Doanh nghiệp", "Business"),
    "organisation": Say("Tổ chức", "Organisation"),
    "agency": Say("Cơ quan nhà nước", "State agency"),
    "foreigner": Say("Người nước ngoài", "Foreigner"),
}
