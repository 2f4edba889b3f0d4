package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.freshtrack.infra.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DashboardTest {
    @Test
    void rendersEveryGraph() throws JsonProcessingException {
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        var body = Dashboard.body(Stacks.prod(), "app/lb/1", "targetgroup/api/2", "database", "cluster");

        Golden.assertMatches("aws/dashboard.json", json.writeValueAsString(json.readTree(body)) + "\n");
    }
}
