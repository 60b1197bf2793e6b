"""Actions and decisions are found by an index of their words, as records are, where every text was read through."""

import django.db.models.deletion
from django.db import migrations, models

from candour.kernel.records.search import searchable

ACTIONS = ("boards_boardactiontext", "action_id", "boards_action_words")
DECISIONS = ("boards_decisiontext", "decision_id", "boards_decision_words")


def postgres(table, key, words):
    return [f"CREATE INDEX {words} ON {table} USING gin (to_tsvector('simple'::regconfig, text))"]


def sqlite(table, key, words):
    gone = f"INSERT INTO {words}({words}, rowid, text) VALUES ('delete', old.{key}, old.text)"
    new = f"INSERT INTO {words}(rowid, text) VALUES (new.{key}, new.text)"
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5(text, content='{table}', content_rowid='{key}',"
        " tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER {words}_add AFTER INSERT ON {table} BEGIN {new}; END",
        f"CREATE TRIGGER {words}_drop AFTER DELETE ON {table} BEGIN {gone}; END",
        f"CREATE TRIGGER {words}_change AFTER UPDATE ON {table} BEGIN {gone}; {new}; END",
    ]


def index(apps, schema_editor):
    made = postgres if schema_editor.connection.vendor == "postgresql" else sqlite
    for of in (ACTIONS, DECISIONS):
        for statement in made(*of):
            schema_editor.execute(statement)


def unindex(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for _, _, words in (ACTIONS, DECISIONS):
        schema_editor.execute(f"DROP {'INDEX' if on_postgres else 'TABLE'} {words}")
        for when in () if on_postgres else ("add", "drop", "change"):
            schema_editor.execute(f"DROP TRIGGER {words}_{when}")


def fill(apps, schema_editor):
    actions, texts = apps.get_model("boards", "BoardAction").objects, apps.get_model("boards", "BoardActionText")
    rows = actions.order_by("pk").values_list("pk", "item", "number", "action__text")
    made = (texts(action_id=pk, record_id=item, text=searchable(f"{number}\n{said}")) for pk, item, number, said in rows.iterator())
    texts.objects.bulk_create(made, batch_size=500)
    told = ("resolved", "reasons", "advice", "board", "minute", "what")
    decisions, texts = apps.get_model("boards", "Decision").objects, apps.get_model("boards", "DecisionText")
    rows = decisions.order_by("pk").values_list("pk", *told)
    texts.objects.bulk_create(
        (texts(decision_id=pk, text=searchable("\n".join(said))) for pk, *said in rows.iterator()), batch_size=500
    )


class Migration(migrations.Migration):
    """What the version before records of decisions and actions on tables that are ahead of it is not found by words until it is
    recorded on again, and verify says so: upgrade while nobody works.
    """

    dependencies = [
        ('actions', '0001_start'),
        ('records', '0007_words_by_their_index'),
        ('boards', '0012_decisions_to_count'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardActionText',
            fields=[
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='boards.boardaction')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='board_action_texts', to='records.record')),
                ('text', models.TextField()),
            ],
            options={'verbose_name': 'words of action'},
        ),
        migrations.CreateModel(
            name='DecisionText',
            fields=[
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='boards.decision')),
                ('text', models.TextField()),
            ],
        ),
        migrations.RunPython(index, unindex),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
