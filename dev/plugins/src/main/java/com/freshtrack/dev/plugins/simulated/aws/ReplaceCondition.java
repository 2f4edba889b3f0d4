package com.freshtrack.dev.plugins.simulated.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** When a change replaces that replaces in some cases only: the names in {@code aws/replace-rules.txt}. */
enum ReplaceCondition {

    /** An instance tenancy can be relaxed in place, not tightened. */
    TENANCY_BECOMES_DEDICATED((property, olds, news) -> "dedicated".equals(news.get(property))),

    /** A block that new addresses are taken from can't be taken away. */
    ASSIGNED_IPV6_ON_CREATION((property, olds, news) -> isTrue(olds, "assignIpv6AddressOnCreation")),

    /** Whom a rule lets in may change within its kind: another block of addresses, another group. */
    SOURCE_KIND_CHANGES((property, olds, news) -> (olds.get(property) == null) != (news.get(property) == null)),

    NOT_AN_INTERFACE((property, olds, news) -> !"Interface".equals(news.get("vpcEndpointType"))),

    NETWORK_GAINS_OR_LOSES_ALL((property, olds, news) -> isNetwork(news)
            && items(olds, property).isEmpty() != items(news, property).isEmpty()),

    NETWORK_DOES_NOT_GROW(ReplaceCondition::networkDoesNotGrow),

    /** Mappings may be added; a network load balancer keeps those that it has. */
    MAPPING_CHANGES((property, olds, news) -> isNetwork(news)
            ? networkDoesNotGrow(property, olds, news)
            : !olds.containsKey(property) || !items(news, property).containsAll(items(olds, property))),

    /** An instance reads them at its first boot; it is stopped, given other ones and started, unless that was asked for. */
    USER_DATA_REPLACES((property, olds, news) -> isTrue(news, "userDataReplaceOnChange")),

    NOT_FOR_LAMBDA((property, olds, news) -> !"lambda".equals(news.get("targetType"))),

    /** A forced deployment moves the tasks, but not between a launch type and capacity providers. */
    NOT_BY_FORCED_DEPLOYMENT((property, olds, news) -> !isTrue(news, "forceNewDeployment")
            || items(olds, property).isEmpty() != items(news, property).isEmpty());

    private interface Test {
        boolean replaces(String property, Map<String, Object> olds, Map<String, Object> news);
    }

    private final Test test;

    ReplaceCondition(Test test) {
        this.test = test;
    }

    static ReplaceCondition named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean replaces(String property, Map<String, Object> olds, Map<String, Object> news) {
        return test.replaces(property, olds, news);
    }

    private static boolean networkDoesNotGrow(String property, Map<String, Object> olds, Map<String, Object> news) {
        return isNetwork(news)
                && items(news, property).size() <= items(olds, property).size();
    }

    private static boolean isNetwork(Map<String, Object> inputs) {
        return "network".equals(inputs.get("loadBalancerType"));
    }

    private static boolean isTrue(Map<String, Object> inputs, String property) {
        return Objects.equals(inputs.get(property), true);
    }

    private static List<?> items(Map<String, Object> inputs, String property) {
        return inputs.get(property) instanceof List<?> items ? items : List.of();
    }
}
