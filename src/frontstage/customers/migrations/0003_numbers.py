from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE customer_number", "DROP SEQUENCE customer_number"),
    ]
