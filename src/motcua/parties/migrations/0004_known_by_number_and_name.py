"""Who is typed is found by number and name together; by the number alone only who has signed in."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt, mac


def key_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each identifier the key of number and name; an account keeps the one of the number beside it."""
    identifiers = apps.get_model("parties", "Identifier").objects
    accounts = set(apps.get_model("accounts", "Account").objects.values_list("id", flat=True))
    for one in list(identifiers.select_related("party")):
        number = decrypt("identifier", bytes(one.number_sealed), bound_to=bytes(one.number_mac))
        digest = mac("identifier", f"{one.paper}/{number.decode()}/{one.party.name_folded}".encode())
        one.number_mac, one.number_sealed = digest, encrypt("identifier", number, bound_to=digest)
        if one.party_id in accounts:
            one.id = uuid7()
            one.save(force_insert=True)
        else:
            one.save(update_fields=["number_mac", "number_sealed"])


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_mandates_guarded"), ("accounts", "0004_citizens")]

    operations = [migrations.RunPython(key_anew)]
