"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.cashier import books, collect, papers, receipts, refunds, settlements, statements, transfers

urlpatterns: list[URLPattern] = [
    path("payments", collect.collect, name="collect"),
    path("payments/take", collect.take, name="take_payment"),
    path("payments/receipts.xlsx", papers.workbook, name="receipts_workbook"),
    path("payments/receipts/<uuid:receipt>", receipts.receipt, name="payment"),
    path("payments/receipts/<uuid:receipt>.pdf", papers.receipt, name="payment_paper"),
    path("payments/refunds", refunds.refunds, name="refunds"),
    path("payments/refunds/<uuid:refund>", refunds.refund, name="refund"),
    path("payments/refunds/<uuid:refund>.pdf", papers.voucher, name="refund_paper"),
    path("payments/account", transfers.receiving_account, name="receiving_account"),
    path("payments/statements", statements.statements, name="statements_in"),
    path("payments/statements/<uuid:statement>", statements.statement, name="statement_in"),
    path("payments/reconciliation", statements.reconciliation, name="reconciliation"),
    path("payments/reconciliation.csv", statements.reconciliation_file, name="reconciliation_file"),
    path("payments/transfers", transfers.transfers, name="transfers_in"),
    path("payments/transfers/<uuid:credit>", transfers.transfer, name="transfer_in"),
    path("payments/settlements", settlements.settlements, name="settlements"),
    path("payments/settlements/<uuid:settlement>", settlements.settlement, name="settlement"),
    path("payments/settlements/<uuid:settlement>.pdf", settlements.settlement_paper, name="settlement_paper"),
    path("payments/settlements/<uuid:settlement>.csv", settlements.settlement_file, name="settlement_file"),
    path("payments/books", books.books, name="cash_books"),
    path("payments/books/<uuid:book>", books.book, name="cash_book"),
    path("payments/books/<uuid:book>.pdf", papers.closing, name="cash_book_paper"),
]
