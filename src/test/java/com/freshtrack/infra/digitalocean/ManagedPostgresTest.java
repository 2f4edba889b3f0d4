package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.freshtrack.infra.Recorded;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedPostgresTest {
    private static final String CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
    private static final String POOL = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";
    private static final String USER = "digitalocean:index/databaseUser:DatabaseUser";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = AppStacks.recorded(AppStacks.prod(), Optional.empty());
    }

    @Test
    void theClusterIsInThePrivateNetwork() {
        assertThat(stack.one(CLUSTER, "freshtrack-database-cluster").inputs())
                .containsEntry("name", "freshtrack-prod")
                .containsEntry("engine", "pg")
                .containsEntry("version", "15")
                .containsEntry("size", "db-s-1vcpu-2gb")
                .containsEntry("nodeCount", 2.0)
                .containsEntry("region", "fra1")
                .containsEntry("privateNetworkUuid", "freshtrack-vpc-id")
                .containsEntry("maintenanceWindows", List.of(Map.of("day", "sunday", "hour", "03:00")));
    }

    @Test
    @SuppressWarnings("unchecked")
    void itsSourcesAndTheAdministratorsReachIt() {
        assertThat((List<Map<String, Object>>) stack.one(
                                "digitalocean:index/databaseFirewall:DatabaseFirewall", "freshtrack-database-firewall")
                        .inputs()
                        .get("rules"))
                .extracting(rule -> rule.get("type"), rule -> rule.get("value"))
                .containsExactly(tuple("ip_addr", "10.20.0.0/20"), tuple("ip_addr", "198.51.100.0/24"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManagedPostgres.Args(AppStacks.prod(), "fra1", Output.of("vpc"), List.of()))
                .withMessageContaining("open to the world");
    }

    @Test
    void theProductsRolesAreUsersOfTheCluster() {
        assertThat(stack.ofType(USER))
                .extracting(user -> user.input("name"))
                .containsExactlyInAnyOrder("frostguard", "frostguard_migrator");
        assertThat(stack.one("digitalocean:index/databaseDb:DatabaseDb", "freshtrack-database-database")
                        .inputs())
                .containsEntry("name", "frostguard");
    }

    /** Another size is another name, so that the new pool is there before the old one goes. */
    @Test
    void thePoolIsSizedByThePolicyAndNamedAfterItsSize() {
        assertThat(stack.one(POOL, "freshtrack-database-pool").inputs())
                .containsEntry("name", "frostguard-17")
                .containsEntry("size", 17.0)
                .containsEntry("mode", "transaction")
                .containsEntry("dbName", "frostguard")
                .containsEntry("user", "frostguard");
        assertThat(AppStacks.recorded(AppStacks.prod("defaultPoolSize", "12"), Optional.empty())
                        .one(POOL, "freshtrack-database-pool")
                        .inputs())
                .containsEntry("name", "frostguard-12")
                .containsEntry("size", 12.0);
    }
}
