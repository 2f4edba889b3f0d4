package com.freshtrack.infra.pooling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many connections a PostgreSQL server takes.
 *
 * @param description the server, for messages
 * @param maxConnections {@code max_connections}, set by us or fixed by the plan
 * @param platformReserve connections that the server or its platform keeps back for itself
 * @param buysMore what an operator can do to get more of them
 */
public record DatabaseCapacity(String description, int maxConnections, int platformReserve, String buysMore) {
    /** Memory that this project allows for each connection of a container's PostgreSQL. */
    private static final int CONNECTION_MIB = 10;

    private static final int CONTAINER_RESERVE = 3;
    private static final int RDS_RESERVE = 10;
    private static final int DIGITALOCEAN_RESERVE = 3;
    private static final int DIGITALOCEAN_LARGEST_GIB = 32;

    private static final Map<String, Integer> RDS_MEMORY_GIB = rdsMemory();

    public DatabaseCapacity {
        if (maxConnections < 1 || platformReserve < 0) {
            throw new IllegalArgumentException("%s: max_connections %d must be at least 1, its reserve %d at least 0"
                    .formatted(description, maxConnections, platformReserve));
        }
    }

    /**
     * PostgreSQL in a container, whose {@code superuser_reserved_connections} is the default of 3
     * (https://www.postgresql.org/docs/15/runtime-config-connection.html).
     *
     * @throws IllegalArgumentException where {@link #containerProblems} finds one
     */
    public static DatabaseCapacity container(int maxConnections, int memoryMiB, int sharedBuffersMiB) {
        var problems = containerProblems(maxConnections, memoryMiB, sharedBuffersMiB);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0).text());
        }
        return new DatabaseCapacity(
                "PostgreSQL container of %d MiB".formatted(memoryMiB),
                maxConnections,
                CONTAINER_RESERVE,
                "raise freshtrack:maxConnections (%d MiB carry at most %d) or, for more than that, freshtrack:postgresMemoryMiB with it; the API units of a Docker host cannot be fewer"
                        .formatted(memoryMiB, carried(memoryMiB, sharedBuffersMiB)));
    }

    /** Why a container of this memory cannot have that many connections; empty where it can. */
    public static List<PoolProblem> containerProblems(int maxConnections, int memoryMiB, int sharedBuffersMiB) {
        var problems = new ArrayList<PoolProblem>();
        var carried = carried(memoryMiB, sharedBuffersMiB);
        if (carried < 1) {
            problems.add(new PoolProblem(
                    "postgresMemoryMiB",
                    "memory %d MiB − shared_buffers %d MiB leaves no room for one connection of %d MiB"
                            .formatted(memoryMiB, sharedBuffersMiB, CONNECTION_MIB)));
        } else if (maxConnections < 1 || maxConnections > carried) {
            problems.add(new PoolProblem(
                    "maxConnections",
                    "max_connections %d must be from 1 to %d = (memory %d MiB − shared_buffers %d MiB) / %d MiB a connection%s"
                            .formatted(
                                    maxConnections,
                                    carried,
                                    memoryMiB,
                                    sharedBuffersMiB,
                                    CONNECTION_MIB,
                                    maxConnections < 1
                                            ? ""
                                            : "; %d of them need freshtrack:postgresMemoryMiB of at least %d"
                                                    .formatted(
                                                            maxConnections,
                                                            memoryFor(maxConnections, memoryMiB, sharedBuffersMiB)))));
        }
        return List.copyOf(problems);
    }

    /**
     * PostgreSQL on RDS with the most connections that the class carries, to be set in its parameter group: 85 % of
     * {@code LEAST(memory / 9531392, 5000)} taken over the nominal memory, because the memory that RDS itself uses comes
     * off first and its amount is not published
     * (https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/max-connections.html,
     * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html). Classes and their memory:
     * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html.
     *
     * @throws IllegalArgumentException for a class that is not in the table
     */
    public static DatabaseCapacity rdsClass(String name) {
        var memoryGiB = RDS_MEMORY_GIB.get(name);
        if (memoryGiB == null) {
            throw new IllegalArgumentException(
                    "unknown RDS class %s; known: %s".formatted(name, String.join(", ", RDS_MEMORY_GIB.keySet())));
        }
        return new DatabaseCapacity(
                "RDS " + name,
                rdsConnections(memoryGiB),
                RDS_RESERVE,
                RDS_MEMORY_GIB.entrySet().stream()
                        .filter(other -> family(other.getKey()).equals(family(name)) && other.getValue() > memoryGiB)
                        .findFirst()
                        .map(next -> "a larger class (%s carries %d) or fewer API instances"
                                .formatted(next.getKey(), rdsConnections(next.getValue())))
                        .orElse("fewer API instances, this is the largest class of its family"));
    }

    /** The classes of RDS whose connections are known, each family from the smallest to the largest. */
    public static Set<String> rdsClasses() {
        return Collections.unmodifiableSet(RDS_MEMORY_GIB.keySet());
    }

    /**
     * DigitalOcean Managed PostgreSQL: 25 connections for each GiB of memory, 3 of them kept back for maintenance
     * (https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/).
     *
     * @param memoryGiB a power of two, at most 32
     * @throws IllegalArgumentException for any other memory
     */
    public static DatabaseCapacity digitalOceanPlan(int memoryGiB) {
        if (memoryGiB < 1 || memoryGiB > DIGITALOCEAN_LARGEST_GIB || Integer.bitCount(memoryGiB) != 1) {
            throw new IllegalArgumentException(
                    "unknown DigitalOcean plan of %d GiB; known: 1, 2, 4, 8, 16 and 32 GiB".formatted(memoryGiB));
        }
        return new DatabaseCapacity(
                "DigitalOcean plan of %d GiB".formatted(memoryGiB),
                25 * memoryGiB,
                DIGITALOCEAN_RESERVE,
                memoryGiB == DIGITALOCEAN_LARGEST_GIB
                        ? "no plan that is known, this is the largest"
                        : "a larger plan (%d GiB carry %d)".formatted(2 * memoryGiB, 50 * memoryGiB));
    }

    private static int carried(int memoryMiB, int sharedBuffersMiB) {
        return (memoryMiB - sharedBuffersMiB) / CONNECTION_MIB;
    }

    /** The memory for so many connections where shared_buffers keeps its share of it. */
    private static long memoryFor(int maxConnections, int memoryMiB, int sharedBuffersMiB) {
        return (long) Math.ceil((double) maxConnections * CONNECTION_MIB * memoryMiB / (memoryMiB - sharedBuffersMiB));
    }

    private static int rdsConnections(int memoryGiB) {
        return (int) Math.min(0.85 * memoryGiB * (1L << 30) / 9_531_392, 5000);
    }

    private static String family(String rdsClass) {
        return rdsClass.substring(0, rdsClass.lastIndexOf('.'));
    }

    private static Map<String, Integer> rdsMemory() {
        var memory = new LinkedHashMap<String, Integer>();
        memory.put("db.t4g.micro", 1);
        memory.put("db.t4g.small", 2);
        memory.put("db.t4g.medium", 4);
        memory.put("db.t4g.large", 8);
        memory.put("db.t4g.xlarge", 16);
        memory.put("db.t4g.2xlarge", 32);
        memory.put("db.m6g.large", 8);
        memory.put("db.m6g.xlarge", 16);
        memory.put("db.m6g.2xlarge", 32);
        memory.put("db.m6g.4xlarge", 64);
        memory.put("db.m6g.8xlarge", 128);
        memory.put("db.m6g.12xlarge", 192);
        memory.put("db.m6g.16xlarge", 256);
        memory.put("db.r6g.large", 16);
        memory.put("db.r6g.xlarge", 32);
        memory.put("db.r6g.2xlarge", 64);
        memory.put("db.r6g.4xlarge", 128);
        memory.put("db.r6g.8xlarge", 256);
        memory.put("db.r6g.12xlarge", 384);
        memory.put("db.r6g.16xlarge", 512);
        return memory;
    }
}
