"""Only the owner of the database appoints administrators."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0008_said_again"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="appointed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF (NEW.is_superuser, NEW.is_staff) = (OLD.is_superuser, OLD.is_staff) THEN\n                            RETURN NEW;\n                        END IF;\n                    ELSIF NOT (NEW.is_superuser OR NEW.is_staff)\n                       OR NOT EXISTS (SELECT 1 FROM negotiations_user WHERE is_superuser OR is_staff) THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN\n                        RAISE EXCEPTION 'only the owner of the database appoints administrators'\n                            USING ERRCODE = 'insufficient_privilege';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="45ba38bfb6adb422a28b91137e996f2aee0dc932",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_appointed_b70c7",
                    table="negotiations_user",
                    when="BEFORE",
                ),
            ),
        ),
    ]
