package com.freshtrack.infra.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DatabaseCapacityTest {

    @Test
    void aContainerHasTheConnectionsItWasGiven() {
        var capacity = DatabaseCapacity.container(100, 2048, 512);

        assertThat(capacity.maxConnections()).isEqualTo(100);
        assertThat(capacity.platformReserve()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"2048, 512, 153", "1024, 256, 76", "1334, 333, 100", "1344, 336, 100", "1333, 333, 100", "14, 4, 1"})
    void aContainerCarriesWhatFitsBesideSharedBuffers(int memoryMiB, int sharedBuffersMiB, int carried) {
        assertThat(DatabaseCapacity.containerProblems(carried, memoryMiB, sharedBuffersMiB))
                .isEmpty();
        assertThat(DatabaseCapacity.containerProblems(carried + 1, memoryMiB, sharedBuffersMiB))
                .extracting(PoolProblem::key)
                .containsExactly("maxConnections");
    }

    @Test
    void tooManyConnectionsForAContainerAreRefusedWithTheMemoryTheyNeed() {
        assertThat(DatabaseCapacity.containerProblems(100, 1024, 256))
                .containsExactly(
                        new PoolProblem(
                                "maxConnections",
                                "max_connections 100 must be from 1 to 76 = (memory 1024 MiB − shared_buffers 256 MiB) / 10 MiB a connection; 100 of them need freshtrack:postgresMemoryMiB of at least 1334"));
        assertThat(DatabaseCapacity.containerProblems(100, 1334, 1334 / 4)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseCapacity.container(100, 1024, 256))
                .withMessageContaining("must be from 1 to 76");
    }

    @Test
    void noConnectionsAndNoMemoryAreRefused() {
        assertThat(DatabaseCapacity.containerProblems(0, 1024, 256))
                .containsExactly(
                        new PoolProblem(
                                "maxConnections",
                                "max_connections 0 must be from 1 to 76 = (memory 1024 MiB − shared_buffers 256 MiB) / 10 MiB a connection"));
        assertThat(DatabaseCapacity.containerProblems(100, 12, 3))
                .containsExactly(new PoolProblem(
                        "postgresMemoryMiB",
                        "memory 12 MiB − shared_buffers 3 MiB leaves no room for one connection of 10 MiB"));
    }

    @ParameterizedTest
    @CsvSource({
        // 0.85 × memory / 9531392, and what an instance of that memory was measured to have where it is known
        "db.t4g.micro,     95,     ",
        "db.t4g.small,    191,  198",
        "db.t4g.medium,   383,  413",
        "db.t4g.large,    766,  856",
        "db.m6g.large,    766,  856",
        "db.r6g.large,   1532, 1660",
        "db.m6g.2xlarge, 3064,     ",
        "db.m6g.4xlarge, 5000,     ",
        "db.r6g.16xlarge,5000,     ",
    })
    void anRdsClassIsTakenForLessThanItWasMeasuredToCarry(String name, int connections, Integer measured) {
        var capacity = DatabaseCapacity.rdsClass(name);

        assertThat(capacity.maxConnections()).isEqualTo(connections).isLessThan(measured == null ? 5001 : measured);
        assertThat(capacity.platformReserve()).isEqualTo(10);
    }

    @Test
    void anRdsClassNamesTheNextOneOfItsFamily() {
        assertThat(DatabaseCapacity.rdsClass("db.t4g.medium").buysMore())
                .isEqualTo("a larger class (db.t4g.large carries 766) or fewer API instances");
        assertThat(DatabaseCapacity.rdsClass("db.t4g.2xlarge").buysMore())
                .isEqualTo("fewer API instances, this is the largest class of its family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseCapacity.rdsClass("db.t2.micro"))
                .withMessageStartingWith("unknown RDS class db.t2.micro; known: db.t4g.micro, db.t4g.small,");
    }

    @ParameterizedTest
    @CsvSource({"1, 25", "2, 50", "4, 100", "8, 200", "16, 400", "32, 800"})
    void aDigitalOceanPlanHas25ConnectionsForEachGiB(int memoryGiB, int connections) {
        var capacity = DatabaseCapacity.digitalOceanPlan(memoryGiB);

        assertThat(capacity.maxConnections()).isEqualTo(connections);
        assertThat(capacity.platformReserve()).isEqualTo(3);
    }

    @Test
    void aDigitalOceanPlanNamesTheNextOne() {
        assertThat(DatabaseCapacity.digitalOceanPlan(4).buysMore()).isEqualTo("a larger plan (8 GiB carry 200)");
        assertThat(DatabaseCapacity.digitalOceanPlan(32).buysMore())
                .isEqualTo("no plan that is known, this is the largest");
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 3, 64})
    void otherDigitalOceanPlansAreRefused(int memoryGiB) {
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseCapacity.digitalOceanPlan(memoryGiB));
    }

    @Test
    void aDatabaseWithoutConnectionsIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseCapacity("x", 0, 3, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseCapacity("x", 1, -1, ""));
    }
}
