package com.freshtrack.infra.config;

/** The catalogue of keys as the documents show it. */
final class ConfigTable {
    private ConfigTable() {}

    /** The table between the README's markers. */
    static String markdown() {
        var table = new StringBuilder("| key | default | what it is |\n|---|---|---|\n");
        for (var key : ConfigKey.values()) {
            table.append("| `freshtrack:")
                    .append(key.text())
                    .append(key.secret() ? "` (secret)" : "`")
                    .append(" | ")
                    .append(key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`")
                    .append(" | ")
                    .append(key.description().replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** What stands under {@code config:} in {@code Pulumi.yaml}, single-quoted YAML. */
    static String yaml() {
        var yaml = new StringBuilder();
        for (var key : ConfigKey.values()) {
            yaml.append("  ").append(key.text()).append(":\n");
            yaml.append("    description: ").append(quoted(key.description())).append('\n');
            yaml.append("    default: ").append(quoted(key.defaultValue())).append('\n');
        }
        return yaml.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
