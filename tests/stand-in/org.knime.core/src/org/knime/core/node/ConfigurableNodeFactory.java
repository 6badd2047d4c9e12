package org.knime.core.node;

/**
 * Makes nodes whose ports may be chosen.
 *
 * @param <T> the model that it makes
 */
public abstract class ConfigurableNodeFactory<T extends NodeModel> extends NodeFactory<T> {

    protected ConfigurableNodeFactory() {
    }
}
