"""Points are sealed as the word is to which they belong."""

from django.db import migrations

KEPT = ("turn_id", "expert_id", "word", "amount", "text", "given_at")


def sealed(columns: tuple[str, ...]) -> str:
    """The trigger that refuses to change these columns of a seat whose word was given."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER reviews_seat_word_is_sealed ON reviews_panelseat;
CREATE TRIGGER reviews_seat_word_is_sealed BEFORE UPDATE ON reviews_panelseat FOR EACH ROW
    WHEN (OLD.given_at IS NOT NULL AND ({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION reviews_refuse_unsealing();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0023_ratings"),
    ]

    operations = [
        migrations.RunSQL(sealed((*KEPT, "points", "score")), sealed(KEPT)),
    ]
