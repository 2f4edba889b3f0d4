package com.freshtrack.infra.pooling;

import static com.freshtrack.infra.pooling.Plans.accepted;
import static com.freshtrack.infra.pooling.Plans.derived;
import static com.freshtrack.infra.pooling.Plans.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.infra.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PgBouncerConfigTest {
    private static final String KEY_AND_VALUE = "[a-z_]+ = ?.*";

    @Test
    void iniOfTheDefaults() {
        Golden.assertMatches("pooling/pgbouncer.ini", ini(derived()));
    }

    @Test
    void iniOfGivenSizesInSessionMode() {
        Golden.assertMatches("pooling/pgbouncer-session.ini", ini(request(PoolMode.SESSION, 22, 3, 7, 500)));
    }

    @Test
    void everyLineIsASectionACommentOrAKey() {
        assertThat(ini(derived()).lines())
                .allMatch(line -> line.isEmpty()
                        || line.startsWith(";")
                        || line.equals("[databases]")
                        || line.equals("[pgbouncer]")
                        || line.matches(KEY_AND_VALUE));
    }

    @Test
    void thePlanHoldsInTheFile() {
        assertThat(ini(derived()).lines())
                .contains(
                        "frostguard = host=postgres port=5432 dbname=frostguard",
                        "pool_mode = transaction",
                        "max_client_conn = 1000",
                        "default_pool_size = 25",
                        "min_pool_size = 10",
                        "reserve_pool_size = 5",
                        "max_db_connections = 30",
                        "auth_type = scram-sha-256")
                .noneMatch(line ->
                        line.startsWith("* =") || line.startsWith("auth_query") || line.startsWith("admin_users"));
    }

    @ParameterizedTest
    @CsvSource({
        "'postgres\nlisten_port = 1', frostguard, frostguard",
        "'postgres,other',            frostguard, frostguard",
        "postgres user=postgres,      frostguard, frostguard",
        "postgres,                    *,          frostguard",
        "postgres,                    pgbouncer,  frostguard",
        "postgres,                    frostguard, 'frostguard,postgres'",
        "'',                          frostguard, frostguard",
    })
    void aNameThatBreaksOutOfItsLineIsRefused(String host, String database, String user) {
        var plan = accepted(
                PoolSizingPolicy.plan(DatabaseCapacity.container(100, 2048, 512), ApiUnits.dockerHost(20), derived()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PgBouncerConfig.ini(plan, host, database, user, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PgBouncerConfig.ini(plan, "postgres", "frostguard", "frostguard", List.of("a\nb")));
    }

    @Test
    void userlistIsSortedAndDoublesQuotes() {
        assertThat(PgBouncerConfig.userlist(Map.of("frostguard", "a\"b\\c;#%s", "exporter", "plain")))
                .isEqualTo("\"exporter\" \"plain\"\n\"frostguard\" \"a\"\"b\\c;#%s\"\n");
        assertThat(PgBouncerConfig.userlist(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines",
                "with\rreturn",
                "nul\0",
                "md500112233445566778899aabbccddeeff",
                "SCRAM-SHA-256$4096:c2FsdA==$a:b",
            })
    void aPasswordThatTheFileCannotCarryIsRefusedWithoutShowingIt(String password) {
        assertThatThrownBy(() -> PgBouncerConfig.userlist(Map.of("frostguard", password)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frostguard")
                .hasMessageNotContaining(password);
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PgBouncerConfig.userlist(Map.of("frostguard", "")));
        assertThatIllegalArgumentException().isThrownBy(() -> PgBouncerConfig.userlist(Map.of("a\" \"b", "x")));
    }

    @Test
    void observersMayReadStatisticsAndNothingElse() {
        var plan = accepted(
                PoolSizingPolicy.plan(DatabaseCapacity.container(100, 2048, 512), ApiUnits.dockerHost(20), derived()));

        var observed = PgBouncerConfig.ini(plan, "postgres", "frostguard", "frostguard", List.of("monitor"));

        assertThat(observed)
                .isEqualTo(ini(derived()).replace("stats_users = frostguard", "stats_users = frostguard,monitor"))
                .contains("\nstats_users = frostguard,monitor\n")
                .doesNotContain("\nadmin_users");
    }

    private static String ini(PoolRequest request) {
        var plan = accepted(
                PoolSizingPolicy.plan(DatabaseCapacity.container(100, 2048, 512), ApiUnits.dockerHost(20), request));
        return PgBouncerConfig.ini(plan, "postgres", "frostguard", "frostguard", List.of());
    }
}
