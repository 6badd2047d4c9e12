package dev.mixedmodels.knime.view;

import dev.mixedmodels.engine.picture.Picture;
import java.util.List;

/**
 * What the page gets, as JSON.
 *
 * @param options how it opens
 * @param picture what it shows; null where there is nothing, which {@code problem} then explains
 * @param problem why there is nothing to show, for the user; empty otherwise
 */
public record ViewData(Options options, Picture picture, String problem) {

    /**
     * How the view opens.
     *
     * @param topic kind of charts, a constant of {@link TopicMode}
     * @param scale a constant of {@link ScaleMode}
     * @param order a constant of {@link OrderMode}
     * @param only names of the levels that are shown; empty: all
     */
    public record Options(String topic, String scale, String order, List<String> only) {
        static Options of(final ViewParameters parameters) {
            return new Options(parameters.topic.name(), parameters.scale.name(), parameters.order.name(),
                parameters.only.lines().map(String::strip).filter(s -> !s.isEmpty()).toList());
        }
    }
}
