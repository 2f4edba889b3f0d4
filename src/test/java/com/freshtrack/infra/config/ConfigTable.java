package com.freshtrack.infra.config;

/** The catalogue of keys as the documents show it. */
final class ConfigTable {
    private ConfigTable() {}

    /** The table between the README's markers. */
    static String markdown() {
        var table = new StringBuilder("| key | default | what it is | target |\n|---|---|---|---|\n");
        for (var key : ConfigKey.values()) {
            table.append("| `freshtrack:")
                    .append(key.text())
                    .append(key.secret() ? "` (secret)" : "`")
                    .append(" | ")
                    .append(key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`")
                    .append(" | ")
                    .append(key.description().replace("|", "\\|"))
                    .append(" | ")
                    .append(
                            key.scope() == Scope.EVERYWHERE
                                    ? "all"
                                    : key.scope().text())
                    .append(" |\n");
        }
        return table.toString();
    }

    /** What stands under {@code config:} in {@code Pulumi.yaml}, single-quoted YAML. */
    static String yaml() {
        var yaml = new StringBuilder();
        for (var key : ConfigKey.values()) {
            yaml.append("  ").append(key.text()).append(":\n");
            yaml.append("    description: ").append(quoted(description(key))).append('\n');
            yaml.append("    default: ").append(quoted(key.defaultValue())).append('\n');
        }
        return yaml.toString();
    }

    /** The description in {@code Pulumi.yaml}, which has no column for the target. */
    static String description(ConfigKey key) {
        return key.description()
                + (key.scope() == Scope.EVERYWHERE ? "" : " For " + key.scope().text() + ".");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
