package dev.mixedmodels.workflows;

import java.util.List;
import java.util.Map;

/** A kind of node: what the files of a workflow say of it. */
interface NodeKind {

    /** The node's name. */
    String name();

    /** The class of its factory. */
    String factory();

    /** Where it comes from. */
    Bundle bundle();

    /** How many inputs it has, all of which must be connected. */
    int inputs();

    /** The names of its outputs, in order. */
    List<String> outputs();

    /**
     * Its complete settings, typed as the files hold them.
     *
     * @param chosen the settings in the words of a description
     * @throws IllegalArgumentException for an unknown one, or a value that does not fit
     */
    Map<String, Object> model(Map<String, String> chosen);

    /**
     * A bundle, as the platform names it where the node is missing.
     *
     * @param feature what to install, empty for what every installation has
     */
    record Bundle(String name, String symbolicName, String vendor, String version, String feature) {
    }
}
