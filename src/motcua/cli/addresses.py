"""What an installation is told to call is looked at before anything runs: a slip would show in its duties only."""

from django.conf import settings

from motcua.cli.errors import CliError
from motcua.kernel.wire import is_http


def refuse_wrong_addresses() -> None:
    """Raise CliError for the first address of another system, or of the proxy, that no call could go to. What stands
    there is not repeated: it may hold a password."""
    told = {
        "MOTCUA_PROXY": (settings.PROXY, "http://proxy.tinh.gov.vn:3128"),
        "MOTCUA_SMS_URL": (settings.SMS_URL, "https://sms.tinh.gov.vn/messages"),
        "MOTCUA_PAY_URL": (settings.PAY["url"], "https://paygov.tinh.gov.vn"),
        "MOTCUA_POPULATION_URL": (settings.POPULATION_URL, "https://lgsp.tinh.gov.vn/dancu"),
        "MOTCUA_IDENTITY_ISSUER": (settings.IDENTITY["issuer"], "https://sso.tinh.gov.vn"),
    }
    for name, (address, like) in told.items():
        if address and not is_http(address):
            raise CliError(
                f"{name} không phải là địa chỉ HTTP nên không gọi được. Hãy viết như {like} (http:// hoặc https://, "
                "tên máy, cổng nếu có) trong môi trường chạy motcua, rồi chạy lại. Xem docs/operations.md.",
                f"{name} is no HTTP address, so nothing can be called. Write it like {like} (http:// or https://, the "
                "host, its port if any) where motcua's environment is set, then run it again. See docs/operations.md.",
            )
