package dev.mixedmodels.knime.means;

import dev.mixedmodels.engine.formula.TermTexts;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import java.util.List;
import java.util.function.Function;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** Choices from what is known of the connected model. */
final class ModelChoices {
    private ModelChoices() {
    }

    private static List<String> of(final NodeParametersInput context,
        final Function<ModelColumns, List<String>> columns) {
        return context.getInPortSpec(0).map(spec -> columns.apply(((MixedModelPortObjectSpec) spec).known()))
            .orElse(List.of());
    }

    /** Factors of the fixed effects. */
    static final class Factors implements StringChoicesProvider {
        @Override
        public List<String> choices(final NodeParametersInput context) {
            return of(context, ModelColumns::factors);
        }
    }

    /** Factors of the fixed effects and pairs of them. */
    static final class Terms implements StringChoicesProvider {
        @Override
        public List<String> choices(final NodeParametersInput context) {
            return TermTexts.withPairs(of(context, ModelColumns::factors));
        }
    }

    /** Numbers of the fixed effects. */
    static final class Numbers implements StringChoicesProvider {
        @Override
        public List<String> choices(final NodeParametersInput context) {
            return of(context, ModelColumns::numbers);
        }
    }
}
