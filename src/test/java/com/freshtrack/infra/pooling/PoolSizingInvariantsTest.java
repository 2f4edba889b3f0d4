package com.freshtrack.infra.pooling;

import static com.freshtrack.infra.pooling.Plans.accepted;
import static com.freshtrack.infra.pooling.Plans.database;
import static com.freshtrack.infra.pooling.Plans.refused;
import static com.freshtrack.infra.pooling.Plans.request;
import static com.freshtrack.infra.pooling.Plans.sizes;
import static com.freshtrack.infra.pooling.Plans.units;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold for every request, tried on every point of small grids against rules that are written down a second time. */
@Tag("unit")
class PoolSizingInvariantsTest {
    private static final int[] PLATFORM_RESERVES = {3, 10};
    private static final List<Integer> DEFAULTS = Arrays.asList(null, 1, 2, 3, 7, 12, 24, 25, 26, 40, 84, 85);
    private static final List<Integer> RESERVES = Arrays.asList(null, 0, 1, 4, 5, 6, 30);

    @Test
    void noAcceptedPlanCanExceedTheBudget() {
        var plans = eachPoint((point, decision) -> {
            if (decision instanceof PoolDecision.Accepted accepted) {
                var plan = accepted.plan();
                assertThat(plan.maxDbConnections())
                        .as("%s", point)
                        .isEqualTo(plan.defaultPoolSize() + plan.reservePoolSize());
                assertThat(plan.worstCase()).isEqualTo(point.atPeak * plan.maxDbConnections());
                assertThat(plan.worstCase() + 15).as("%s", point).isLessThanOrEqualTo(point.maxConnections);
                assertThat(plan.worstCase() + 10 + point.platformReserve)
                        .as("%s", point)
                        .isLessThanOrEqualTo(point.maxConnections);
                assertThat(plan.defaultPoolSize())
                        .as("original rule, %s", point)
                        .isLessThan(point.maxConnections - 15);
                assertThat(plan.budget()).isEqualTo(point.maxConnections - plan.reserve());
                assertThat(plan.headroom())
                        .isEqualTo(plan.budget() - plan.worstCase())
                        .isNotNegative();
                assertThat(plan.applicationConnectionLimit()).isBetween(plan.worstCase(), plan.budget());
                assertThat(plan.minPoolSize()).isBetween(0, plan.defaultPoolSize());
                assertThat(plan.fileDescriptors())
                        .isGreaterThanOrEqualTo(plan.maxClientConn() + 2 * plan.maxDbConnections());
            }
        });
        assertThat(plans).isGreaterThan(50_000);
    }

    @Test
    void noRefusedPlanFits() {
        eachPoint((point, decision) -> assertThat(decision instanceof PoolDecision.Accepted)
                .as("%s", point)
                .isEqualTo(point.largestDefault() > 0));
    }

    @Test
    void whatIsGivenIsKeptAndTheDerivedSizesAreTheLargestThatFit() {
        eachPoint((point, decision) -> {
            if (decision instanceof PoolDecision.Accepted accepted) {
                assertThat(accepted.plan().defaultPoolSize()).as("%s", point).isEqualTo(point.largestDefault());
                assertThat(accepted.plan().reservePoolSize())
                        .as("%s", point)
                        .isEqualTo(point.largestReserve(point.largestDefault()));
            }
        });
    }

    @Test
    void moreConnectionsNeverTakeAwayAndMoreUnitsNeverAdd() {
        eachPoint((point, decision) -> {
            var here = serverConnections(decision);
            var largerDatabase = new Point(
                    point.maxConnections + 1,
                    point.platformReserve,
                    point.atPeak,
                    point.defaultPoolSize,
                    point.reservePoolSize);
            var moreUnits = new Point(
                    point.maxConnections,
                    point.platformReserve,
                    point.atPeak + 1,
                    point.defaultPoolSize,
                    point.reservePoolSize);
            assertThat(serverConnections(largerDatabase.decide()))
                    .as("%s", point)
                    .isGreaterThanOrEqualTo(here);
            assertThat(serverConnections(moreUnits.decide())).as("%s", point).isLessThanOrEqualTo(here);
        });
    }

    @Test
    void theLargestSizesAndTheLeastDatabaseOfAMessageAreExact() {
        var largestDefault =
                Pattern.compile("largest default_pool_size that fits beside reserve_pool_size (\\d+) is (\\d+)");
        var largestReserve =
                Pattern.compile("largest reserve_pool_size that fits beside default_pool_size (\\d+) is (\\d+)");
        var noDefault = Pattern.compile("No default_pool_size fits beside reserve_pool_size (\\d+)");
        var noReserve = Pattern.compile("No reserve_pool_size fits beside default_pool_size (\\d+)");
        var needed = Pattern.compile("needs max_connections of at least (\\d+)");
        var asked = Pattern.compile("default_pool_size (\\d+) \\+ reserve_pool_size (\\d+)");
        eachPoint((point, decision) -> {
            if (decision instanceof PoolDecision.Refused refused) {
                var text = refused.problems().get(0).text();
                ifFound(
                        largestDefault,
                        text,
                        found -> boundary(point, number(found, 2), size -> point.fits(size, number(found, 1))));
                ifFound(
                        largestReserve,
                        text,
                        found -> boundary(point, number(found, 2), size -> point.fits(number(found, 1), size)));
                ifFound(noDefault, text, found -> assertThat(point.fits(1, number(found, 1)))
                        .as("%s", point)
                        .isFalse());
                ifFound(noReserve, text, found -> assertThat(point.fits(number(found, 1), 0))
                        .as("%s", point)
                        .isFalse());
                assertThat(text)
                        .as("%s", point)
                        .containsPattern(
                                "largest (default|reserve)_pool_size|No (default|reserve)_pool_size fits|No pool fits");
                var sizes = find(asked, text);
                var least = number(find(needed, text), 1);
                boundary(point, -least, negated -> new Point(-negated, point.platformReserve, point.atPeak, null, null)
                        .fits(number(sizes, 1), number(sizes, 2)));
            }
        });
    }

    @Test
    void minimumClientsAndModeAreDecidedByTheirRulesAlone() {
        var accepted = 0;
        for (var mode : PoolMode.values())
            for (var maxConnections : new int[] {17, 19, 25, 40, 75, 100})
                for (var defaultPoolSize : Arrays.asList(null, 1, 2, 5, 10, 26))
                    for (var reservePoolSize : Arrays.asList(null, 0, 1, 6))
                        for (var minPoolSize : Arrays.asList(null, 0, 1, 5, 11, 26))
                            for (var maxClientConn : Arrays.asList(null, 1, 11, 12, 41, 42, 1000))
                                for (var perInstance : new int[] {1, 10, 30, 40}) {
                                    var point = new Point(maxConnections, 3, 2, defaultPoolSize, reservePoolSize);
                                    var size = point.largestDefault();
                                    var fits = size > 0
                                            && (minPoolSize == null || minPoolSize <= size)
                                            && (maxClientConn == null || maxClientConn >= perInstance + 2)
                                            && (mode == PoolMode.TRANSACTION
                                                    || perInstance <= size + point.largestReserve(size));
                                    var decision = PoolSizingPolicy.plan(
                                            database(maxConnections, 3),
                                            ApiUnits.dockerHost(perInstance),
                                            request(
                                                    mode,
                                                    defaultPoolSize,
                                                    minPoolSize,
                                                    reservePoolSize,
                                                    maxClientConn));
                                    assertThat(decision instanceof PoolDecision.Accepted)
                                            .as(
                                                    "%s %s min %s clients %s of %d",
                                                    mode, point, minPoolSize, maxClientConn, perInstance)
                                            .isEqualTo(fits);
                                    if (fits) {
                                        accepted++;
                                        assertThat(accepted(decision).minPoolSize())
                                                .isEqualTo(minPoolSize == null ? Math.min(10, size) : minPoolSize);
                                        assertThat(accepted(decision).maxClientConn())
                                                .isEqualTo(maxClientConn == null ? 1000 : maxClientConn);
                                    } else {
                                        assertThat(refused(decision)).isNotEmpty();
                                    }
                                }
        assertThat(accepted).isGreaterThan(5_000);
    }

    /** A request, and the rules as the design says them, by search instead of by formula. */
    private record Point(
            int maxConnections, int platformReserve, int atPeak, Integer defaultPoolSize, Integer reservePoolSize) {
        PoolDecision decide() {
            return PoolSizingPolicy.plan(
                    database(maxConnections, platformReserve), units(atPeak), sizes(defaultPoolSize, reservePoolSize));
        }

        boolean fits(int size, int reserve) {
            var connections = platformReserve + 10 > 15 ? platformReserve + 10 : 15;
            for (var unit = 0; unit < atPeak; unit++) {
                connections += size + reserve;
            }
            return connections <= maxConnections && size + 15 < maxConnections;
        }

        int largestDefault() {
            var sizes = defaultPoolSize == null ? IntStream.rangeClosed(1, 25) : IntStream.of(defaultPoolSize);
            return sizes.filter(size -> largestReserve(size) >= 0).max().orElse(0);
        }

        int largestReserve(int size) {
            var reserves = reservePoolSize == null ? IntStream.rangeClosed(0, 5) : IntStream.of(reservePoolSize);
            return reserves.filter(reserve -> fits(size, reserve)).max().orElse(-1);
        }
    }

    private interface Check {
        void on(Point point, PoolDecision decision);
    }

    private static int eachPoint(Check check) {
        var points = 0;
        for (var maxConnections = 1; maxConnections <= 110; maxConnections++)
            for (var platformReserve : PLATFORM_RESERVES)
                for (var atPeak = 1; atPeak <= 4; atPeak++)
                    for (var defaultPoolSize : DEFAULTS)
                        for (var reservePoolSize : RESERVES) {
                            var point = new Point(
                                    maxConnections, platformReserve, atPeak, defaultPoolSize, reservePoolSize);
                            check.on(point, point.decide());
                            points++;
                        }
        return points;
    }

    private static int serverConnections(PoolDecision decision) {
        return decision instanceof PoolDecision.Accepted accepted
                ? accepted.plan().maxDbConnections()
                : 0;
    }

    private static void boundary(Point point, int largest, IntPredicate fits) {
        assertThat(fits.test(largest)).as("%s fits, %s", largest, point).isTrue();
        assertThat(fits.test(largest + 1))
                .as("%s does not, %s", largest + 1, point)
                .isFalse();
    }

    private static Matcher find(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher;
    }

    private static void ifFound(Pattern pattern, String text, java.util.function.Consumer<Matcher> check) {
        var matcher = pattern.matcher(text);
        if (matcher.find()) {
            check.accept(matcher);
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
