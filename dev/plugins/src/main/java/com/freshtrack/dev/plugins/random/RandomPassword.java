package com.freshtrack.dev.plugins.random;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A random password. Options, defaults, the id {@code none} and "every change replaces" are those of the official provider:
 * https://github.com/hashicorp/terraform-provider-random, internal/provider/resource_password.go .
 */
final class RandomPassword implements ResourceType {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String NUMERIC = "0123456789";
    private static final String SPECIAL = "!@#$%&*()-_=+[]{}<>:?";
    private static final int BCRYPT_COST = 10;

    private final SecureRandom random = new SecureRandom();

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        if (Unknown.isIn(inputs)) {
            return List.of();
        }
        int length = number(inputs, "length");
        int minimum = number(inputs, "minLower")
                + number(inputs, "minUpper")
                + number(inputs, "minNumeric")
                + number(inputs, "minSpecial");
        List<String> problems = new ArrayList<>();
        if (length < 1 || length < minimum) {
            problems.add("property \"length\" must be at least " + Math.max(1, minimum)
                    + " (1, and the sum of minLower, minUpper, minNumeric and minSpecial), got " + length);
        }
        if (inputs.get("number") != null
                && inputs.get("numeric") != null
                && !inputs.get("number").equals(inputs.get("numeric"))) {
            problems.add("property \"number\" contradicts \"numeric\"; remove \"number\", it is deprecated");
        }
        if (problems.isEmpty() && alphabet(inputs).isEmpty()) {
            problems.add(
                    "property \"length\": no kind of character is allowed; enable lower, upper, numeric or special");
        }
        return problems;
    }

    @Override
    public boolean replaces(String property) {
        return true;
    }

    @Override
    public Created create(Operation operation) {
        Map<String, Object> inputs = operation.inputs();
        String password = generate(inputs);
        Map<String, Object> computed = new TreeMap<>();
        for (String kind : List.of("lower", "upper", "special")) {
            computed.put(kind, flag(inputs, kind));
        }
        computed.put("numeric", numeric(inputs));
        computed.put("number", numeric(inputs));
        for (String minimum : List.of("minLower", "minUpper", "minNumeric", "minSpecial")) {
            computed.put(minimum, number(inputs, minimum));
        }
        computed.put("result", password);
        computed.put("bcryptHash", bcrypt(password));
        return new Created("none", computed);
    }

    @Override
    public Map<String, Object> update(Operation operation) {
        return operation.olds(); // never asked for: every change replaces
    }

    @Override
    public Optional<Found> read(Operation operation) {
        Map<String, Object> computed = new TreeMap<>(operation.olds());
        computed.keySet().removeAll(operation.inputs().keySet());
        return Optional.of(new Found(Map.of(), computed));
    }

    @Override
    public void delete(Operation operation) {
        // exists in the state alone
    }

    private String generate(Map<String, Object> inputs) {
        List<Character> characters = new ArrayList<>();
        pick(characters, LOWER, number(inputs, "minLower"));
        pick(characters, UPPER, number(inputs, "minUpper"));
        pick(characters, NUMERIC, number(inputs, "minNumeric"));
        pick(characters, special(inputs), number(inputs, "minSpecial"));
        pick(characters, alphabet(inputs), number(inputs, "length") - characters.size());
        Collections.shuffle(characters, random);
        StringBuilder password = new StringBuilder();
        characters.forEach(password::append);
        return password.toString();
    }

    private void pick(List<Character> characters, String from, int count) {
        for (int i = 0; i < count; i++) {
            characters.add(from.charAt(random.nextInt(from.length())));
        }
    }

    private static String alphabet(Map<String, Object> inputs) {
        return (flag(inputs, "lower") ? LOWER : "")
                + (flag(inputs, "upper") ? UPPER : "")
                + (numeric(inputs) ? NUMERIC : "")
                + (flag(inputs, "special") ? special(inputs) : "");
    }

    private static String special(Map<String, Object> inputs) {
        return inputs.get("overrideSpecial") instanceof String text && !text.isEmpty() ? text : SPECIAL;
    }

    private static boolean numeric(Map<String, Object> inputs) {
        return inputs.get("numeric") == null ? flag(inputs, "number") : flag(inputs, "numeric");
    }

    private static boolean flag(Map<String, Object> inputs, String name) {
        return !Boolean.FALSE.equals(inputs.get(name));
    }

    private static int number(Map<String, Object> inputs, String name) {
        return inputs.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static String bcrypt(String password) {
        byte[] hash = BCrypt.with(LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                .hash(BCRYPT_COST, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.US_ASCII);
    }
}
