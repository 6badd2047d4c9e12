package org.knime.node.parameters.widget.choices;

import java.util.List;

import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;

/** Columns to choose from; computed before the dialog opens unless {@code init} says otherwise. */
public interface ColumnChoicesProvider extends TypedStringChoicesProvider {

    /** The columns. */
    default List<DataColumnSpec> columnChoices(final NodeParametersInput context) {
        throw new UnsupportedOperationException("Either columnChoices or computeState must be implemented.");
    }

    @Override
    default List<TypedStringChoice> computeState(final NodeParametersInput context) {
        return columnChoices(context).stream().map(TypedStringChoice::fromColSpec).toList();
    }
}
