package org.knime.node.parameters.widget.choices.filter;

import java.util.regex.Pattern;

import org.knime.node.parameters.persistence.Persistable;

/** Names that match a regular expression, or a text with * and ?. */
final class PatternFilter implements Persistable {

    String pattern = "";

    boolean isCaseSensitive = true;

    boolean isInverted;

    boolean includes(final String name, final boolean wildcard) {
        final String regex = wildcard
            ? "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E" : pattern;
        final int flags = isCaseSensitive ? Pattern.DOTALL : Pattern.DOTALL | Pattern.CASE_INSENSITIVE;
        return Pattern.compile(regex, flags).matcher(name).matches() != isInverted;
    }
}
