"""On which days money may have been booked: a bank's file or a platform may tell of any day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.kernel.say import Say
from motcua.kernel.time import local

# A bank's day may end before ours; nothing was booked later than that.
AHEAD = timedelta(days=1)
# An account may have been in use for a while before it was written down here.
BEFORE_ACCOUNT = timedelta(days=92)
# The text of a transfer is drawn with its order; a bank may book on the day of the last working day.
BEFORE_ORDER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day on which money may have been booked."""

    first: date
    last: date

    def wrong(self, day: date) -> Say | None:
        """Why `day` cannot be; None where it can."""
        if day > self.last:
            return Say(
                f"Ngày {day:%d/%m/%Y} ở sau hôm nay. Hãy xem lại ngày ở sao kê gốc của ngân hàng.",
                f"The day {day:%d/%m/%Y} is still to come. Look at the day in the bank's own statement.",
            )
        if day < self.first:
            return Say(
                f"Ngày {day:%d/%m/%Y} quá cũ: chỉ nhận từ {self.first:%d/%m/%Y}. Hãy xem lại ngày ở"
                " sao kê gốc của ngân hàng.",
                f"The day {day:%d/%m/%Y} is too long ago: taken from {self.first:%d/%m/%Y} on."
                " Look at the day in the bank's own statement.",
            )
        return None


def days(*, since: datetime | None, at: datetime) -> Days:
    """The days that can be at `at`, for an account that was first written down `since` (None: it never was)."""
    today = local(at).date()
    return Days((local(since).date() if since else today) - BEFORE_ACCOUNT, today + AHEAD)


def before_order(day: date, *, opened_at: datetime) -> Say | None:
    """Why money booked on `day` cannot be for an order opened at `opened_at`; None where it can."""
    opened = local(opened_at).date()
    if day >= opened - BEFORE_ORDER:
        return None
    return Say(
        f"Ngày {day:%d/%m/%Y} ở trước ngày lập lệnh nộp tiền mà nội dung ghi ({opened:%d/%m/%Y}). Hãy xem lại ngày ở"
        " sao kê gốc của ngân hàng.",
        f"The day {day:%d/%m/%Y} is before the payment order it names was made ({opened:%d/%m/%Y}). Look at the day in"
        " the bank's own statement.",
    )
