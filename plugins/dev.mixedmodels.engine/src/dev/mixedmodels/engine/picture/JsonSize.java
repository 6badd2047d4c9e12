package dev.mixedmodels.engine.picture;

import java.util.List;

/** An upper bound of the bytes that a picture takes as JSON. */
final class JsonSize {
    /** Sign, nine digits, point, exponent of five and a comma; NaN and infinities are shorter or equal as texts. */
    private static final int NUMBER = 17;
    /** Names and punctuation of a record. */
    private static final int RECORD = 200;
    private static final int ESCAPED = 6;

    private JsonSize() {
    }

    static long of(final Picture picture) {
        final Overview overview = picture.overview();
        long bytes = RECORD + text(picture.node()) + text(overview.sentence()) + text(overview.model())
            + texts(overview.concerns()) + text(picture.scale().name()) + text(picture.scale().response());
        for (final Figure figure : overview.figures()) {
            bytes += RECORD + text(figure.name()) + text(figure.note());
        }
        for (final Chart chart : picture.charts()) {
            bytes += 2 * RECORD + text(chart.id()) + text(chart.title()) + text(chart.caption())
                + text(chart.shown()) + text(chart.x().title()) + text(chart.y().title());
            for (final Column column : chart.columns()) {
                bytes += RECORD + text(column.role()) + text(column.heading())
                    + (column.texts() != null ? texts(column.texts()) : (long) NUMBER * column.rows());
            }
            for (final Line line : chart.lines()) {
                bytes += RECORD + text(line.name()) + (long) 2 * NUMBER * line.x().length;
            }
        }
        return bytes;
    }

    private static long texts(final List<String> texts) {
        return texts.stream().mapToLong(JsonSize::text).sum();
    }

    /** Quotes and a comma, and each character as UTF-8 or escaped. */
    static int text(final String text) {
        int bytes = 3;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            bytes += c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' ? 1 : ESCAPED;
        }
        return bytes;
    }
}
