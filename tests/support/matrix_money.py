"""Who may open the cashier's pages: who gets them, what the others get, for whom they do not exist."""

from collections.abc import Mapping

CASHIER = frozenset({"cashier"})
MONEY = CASHIER | {"chair", "vice_chair", "desk_manager", "inspector"}
NEXT_CHAIR = frozenset({"next commune: chair"})
DIRECTORS = frozenset({"director", "deputy_director"})
ABSENT = 404
MONEY_PAGES: Mapping[str, tuple[frozenset[str], int, frozenset[str]]] = {
    "collect": (CASHIER, 403, frozenset()),
    "take_payment": (CASHIER, 403, frozenset()),
    "payment": (MONEY, ABSENT, frozenset()),
    "payment_paper": (MONEY, ABSENT, frozenset()),
    "refunds": (MONEY | NEXT_CHAIR, 403, frozenset()),
    "refund": (MONEY, ABSENT, frozenset()),
    "refund_paper": (MONEY, ABSENT, frozenset()),
    "cash_books": (MONEY | NEXT_CHAIR, 403, frozenset()),
    "cash_book": (MONEY, ABSENT, frozenset()),
    "cash_book_paper": (MONEY, ABSENT, frozenset()),
    "transfers_in": (MONEY | NEXT_CHAIR, 403, frozenset()),
    "transfer_in": (MONEY, ABSENT, frozenset()),
    "statements_in": ((MONEY - {"inspector"}) | NEXT_CHAIR, 403, frozenset()),
    "statement_in": (MONEY - {"inspector"}, ABSENT, frozenset()),
    "reconciliation": (MONEY, 403, NEXT_CHAIR),
    "reconciliation_file": (MONEY, 403, NEXT_CHAIR),
    "receiving_account": (MONEY | NEXT_CHAIR, 403, frozenset()),
    "receipts_workbook": (MONEY, 403, NEXT_CHAIR),
    "settlements": (MONEY | NEXT_CHAIR, 403, frozenset()),
    "settlement": (MONEY | NEXT_CHAIR, ABSENT, DIRECTORS),
    "settlement_paper": (MONEY | NEXT_CHAIR, ABSENT, DIRECTORS),
    "settlement_file": (MONEY | NEXT_CHAIR, ABSENT, DIRECTORS),
}
MONEY_PATHS: Mapping[str, str] = {
    "collect": "/payments",
    "take_payment": "/payments/take?code={received}",
    "payment": "/payments/receipts/{m_receipt}",
    "payment_paper": "/payments/receipts/{m_receipt}.pdf",
    "refunds": "/payments/refunds",
    "refund": "/payments/refunds/{m_refund}",
    "refund_paper": "/payments/refunds/{m_paid}.pdf",
    "cash_books": "/payments/books",
    "cash_book": "/payments/books/{m_book}",
    "cash_book_paper": "/payments/books/{m_book}.pdf",
    "transfers_in": "/payments/transfers",
    "transfer_in": "/payments/transfers/{m_unknown}",
    "statements_in": "/payments/statements",
    "statement_in": "/payments/statements/{m_statement}",
    "reconciliation": "/payments/reconciliation?agency=H99.01.01",
    "reconciliation_file": "/payments/reconciliation.csv?agency=H99.01.01",
    "receiving_account": "/payments/account",
    "settlements": "/payments/settlements",
    "settlement": "/payments/settlements/{m_settlement}",
    "settlement_paper": "/payments/settlements/{m_settlement}.pdf",
    "settlement_file": "/payments/settlements/{m_settlement}.csv",
    "receipts_workbook": "/payments/receipts.xlsx?agency=H99.01.01&first=2026-08-24&last=2026-08-26",
}
