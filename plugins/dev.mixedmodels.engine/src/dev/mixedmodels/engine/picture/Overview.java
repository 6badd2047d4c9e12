package dev.mixedmodels.engine.picture;

import java.util.List;

/**
 * The first thing that a reader sees.
 *
 * @param sentence what was fitted to what, in one sentence
 * @param model the model in R's notation, words and an equation
 * @param figures three to six results
 * @param concerns what to worry about: the node's warnings
 */
public record Overview(String sentence, String model, List<Figure> figures, List<String> concerns) {
    /** Makes names and texts short enough to be shown. */
    public Overview {
        sentence = Labels.text(sentence);
        model = Labels.text(model);
        concerns = concerns.stream().map(Labels::text).toList();
    }
}
