from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE case_number", "DROP SEQUENCE case_number"),
    ]
