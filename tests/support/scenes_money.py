"""The cashier's pages in their three states."""

from tests.support.scene import Scene

NOBODY = "00000000-0000-7000-8000-000000000000"
_SHORT = {"given": "5000", "payer": ""}
MONEY = (
    Scene("collect", "empty", "/payments", "thuquy", {"words": "zzzz"}, sends=True),
    Scene("collect", "filled", "/payments", "thuquy"),
    Scene("collect", "filled", "/payments", "thuquy", {"words": "nguyen"}, sends=True),
    Scene("collect", "error", "/payments", "tiepnhan1", status=403),
    Scene("take_payment", "empty", "/payments/take?code={received}&code={in_process}", "thuquy"),
    Scene("take_payment", "filled", "/payments/take?code={received}", "thuquy", {"given": "50.000"}),
    Scene("take_payment", "filled", "/payments/take?code={fee_unknown}", "thuquy"),
    Scene(
        "take_payment", "error", "/payments/take?code={received}", "thuquy", _SHORT, sends=True, status=422
    ),
    Scene("payment", "filled", "/payments/receipts/{m_receipt}", "thuquy"),
    Scene("payment", "filled", "/payments/receipts/{m_voided}", "truongquay"),
    Scene("payment", "error", f"/payments/receipts/{NOBODY}", "thuquy", status=404),
    Scene("refunds", "empty", "/payments/refunds", "chutich.mauhai"),
    Scene("refunds", "filled", "/payments/refunds", "thuquy"),
    Scene("refunds", "error", "/payments/refunds", "tiepnhan1", status=403),
    Scene("refund", "filled", "/payments/refunds/{m_refund}", "chutich"),
    Scene("refund", "filled", "/payments/refunds/{m_paid}", "thuquy"),
    Scene("refund", "error", f"/payments/refunds/{NOBODY}", "thuquy", status=404),
    Scene("cash_books", "empty", "/payments/books", "chutich.mauhai"),
    Scene("cash_books", "filled", "/payments/books", "truongquay"),
    Scene("cash_books", "error", "/payments/books", "tiepnhan1", status=403),
    Scene("cash_book", "filled", "/payments/books/{m_book}", "thuquy", {"note_10000": "3"}),
    Scene("cash_book", "filled", "/payments/books/{m_closed}", "truongquay"),
    Scene(
        "cash_book",
        "error",
        "/payments/books/{m_book}",
        "thuquy",
        {"note_10000": "1"},
        sends=True,
        status=422,
    ),
    Scene("tracking_payment", "empty", "/t/{t_submitted}?to=payment"),
    Scene("tracking_payment", "filled", "/t/{t_received}?to=payment"),
    Scene("tracking_payment", "filled", "/t/{t_waiting_money}?to=payment"),
    Scene("tracking_payment", "filled", "/t/{t_paid_money}?to=payment"),
    Scene("tracking_payment", "filled", "/t/{t_paid_twice}?to=payment"),
    Scene("tracking_payment", "error", "/tracking/payment"),
    Scene("transfers_in", "empty", "/payments/transfers?on=2026-01-05", "chutich.mauhai"),
    Scene("transfers_in", "filled", "/payments/transfers?on=2026-08-26", "thuquy"),
    Scene("transfers_in", "error", "/payments/transfers?on_0=31&on_1=02&on_2=2026", "thuquy", status=422),
    Scene("transfer_in", "filled", "/payments/transfers/{m_unknown}", "thuquy"),
    Scene("transfer_in", "filled", "/payments/transfers/{m_fits}", "truongquay"),
    Scene("transfer_in", "filled", "/payments/transfers/{m_lump}", "thuquy"),
    Scene("transfer_in", "filled", "/payments/transfers/{m_second}", "thuquy"),
    Scene("transfer_in", "error", f"/payments/transfers/{NOBODY}", "thuquy", status=404),
    Scene("statements_in", "empty", "/payments/statements", "chutich.mauhai"),
    Scene("statements_in", "filled", "/payments/statements", "thuquy"),
    Scene("statements_in", "error", "/payments/statements", "thuquy", sends=True, status=422),
    Scene("statement_in", "filled", "/payments/statements/{m_statement}", "thuquy"),
    Scene("statement_in", "filled", "/payments/statements/{m_statement}", "truongquay"),
    Scene("statement_in", "filled", "/payments/statements/{m_taken_in}", "thuquy"),
    Scene("statement_in", "error", f"/payments/statements/{NOBODY}", "thuquy", status=404),
    Scene(
        "reconciliation",
        "empty",
        "/payments/reconciliation?first=2026-01-05&last=2026-01-05",
        "chutich.mauhai",
    ),
    Scene(
        "reconciliation", "filled", "/payments/reconciliation?first=2026-08-26&last=2026-08-26", "truongquay"
    ),
    Scene(
        "reconciliation",
        "error",
        "/payments/reconciliation?first=2026-08-26&last=2026-01-01",
        "thuquy",
        status=422,
    ),
    Scene("settlements", "empty", "/payments/settlements", "truongcongan"),
    Scene("settlements", "filled", "/payments/settlements", "thuquy"),
    Scene("settlements", "error", "/payments/settlements", "tiepnhan1", status=403),
    Scene("settlement", "filled", "/payments/settlements/{m_settlement}", "chutich.mauhai"),
    Scene(
        "settlement",
        "error",
        "/payments/settlements/{m_settlement}",
        "chutich.mauhai",
        {"amount": "9000"},
        sends=True,
        status=422,
    ),
    Scene("receiving_account", "empty", "/payments/account", "chutich.mauhai"),
    Scene("receiving_account", "filled", "/payments/account", "thuquy"),
    Scene("receiving_account", "filled", "/payments/account", "chutich", {"number": "1234 5678 90"}),
    Scene(
        "receiving_account", "error", "/payments/account", "chutich", {"number": ""}, sends=True, status=422
    ),
)
# Addresses of money that are no pages.
MONEY_SERVED = frozenset(
    {
        "payment_paper",
        "refund_paper",
        "cash_book_paper",
        "receipts_workbook",
        "reconciliation_file",
        "settlement_paper",
        "settlement_file",
    }
)
# States a page cannot be in, and why.
WITHOUT_MONEY = {
    ("settlement", "empty"): "it begins with what was collected",
    ("statement_in", "empty"): "a file without money is no statement",
    ("transfer_in", "empty"): "it is there only once money came in",
    ("payment", "empty"): "it is there only once money was taken",
    ("refund", "empty"): "it is there only once it is asked for",
    ("cash_book", "empty"): "a book begins with money",
}
