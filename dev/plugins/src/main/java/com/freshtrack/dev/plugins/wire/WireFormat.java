package com.freshtrack.dev.plugins.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Property maps as the engine sends them, and as Java values: null, Boolean, Double, String, List, Map, {@link Secret},
 * {@link Unknown} and {@link Asset}.
 *
 * <p>The signatures and sentinels are those of the engine's property marshaller:
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/properties.go and .../resource/plugin/rpc.go
 */
public final class WireFormat {

    private static final String SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String ASSET = "c44067f5952c0a294b673a41bacd8c17";
    private static final String ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
    private static final String RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
    private static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

    private static final String UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    private static final Set<String> UNKNOWN_SENTINELS = Set.of(
            UNKNOWN_STRING,
            "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
            "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
            "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
            "030794c1-ac77-496b-92df-f27374a8bd58", // asset
            "e48ece36-62e2-4504-bad9-02848725956a", // archive
            "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" // object
            );

    private WireFormat() {}

    public static Map<String, Object> decode(Struct struct) {
        Map<String, Object> properties = new TreeMap<>();
        struct.getFieldsMap().forEach((key, value) -> properties.put(key, decode(value)));
        return properties;
    }

    public static Struct encode(Map<String, Object> properties) {
        Struct.Builder struct = Struct.newBuilder();
        properties.forEach((key, value) -> struct.putFields(key, encode(value)));
        return struct.build();
    }

    private static Object decode(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> null;
            case BOOL_VALUE -> value.getBoolValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> UNKNOWN_SENTINELS.contains(value.getStringValue())
                    ? Unknown.VALUE
                    : value.getStringValue();
            case LIST_VALUE -> {
                List<Object> items = new ArrayList<>();
                value.getListValue().getValuesList().forEach(item -> items.add(decode(item)));
                yield items;
            }
            case STRUCT_VALUE -> decodeObject(decode(value.getStructValue()));
        };
    }

    private static Object decodeObject(Map<String, Object> fields) {
        if (!(fields.get(SIGNATURE_KEY) instanceof String signature)) {
            return fields;
        }
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        rest.remove(SIGNATURE_KEY);
        return switch (signature) {
            case SECRET -> new Secret(rest.get("value"));
            case ASSET -> new Asset(false, rest);
            case ARCHIVE -> new Asset(true, rest);
            case RESOURCE -> rest.get("id") == null ? rest.get("urn") : rest.get("id");
            case OUTPUT -> {
                Object inner = rest.containsKey("value") ? rest.get("value") : Unknown.VALUE;
                yield Boolean.TRUE.equals(rest.get("secret")) ? new Secret(inner) : inner;
            }
            default -> throw new IllegalArgumentException("unknown signature in a property value: " + signature);
        };
    }

    private static Value encode(Object value) {
        if (value == null) {
            return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        }
        if (value instanceof Boolean flag) {
            return Value.newBuilder().setBoolValue(flag).build();
        }
        if (value instanceof Number number) {
            return Value.newBuilder().setNumberValue(number.doubleValue()).build();
        }
        if (value instanceof String text) {
            return Value.newBuilder().setStringValue(text).build();
        }
        if (value == Unknown.VALUE) {
            return Value.newBuilder().setStringValue(UNKNOWN_STRING).build();
        }
        if (value instanceof Secret secret) {
            return signed(SECRET, Map.of(), "value", secret.value());
        }
        if (value instanceof Asset asset) {
            return signed(asset.archive() ? ARCHIVE : ASSET, asset.fields(), null, null);
        }
        if (value instanceof List<?> list) {
            ListValue.Builder items = ListValue.newBuilder();
            list.forEach(item -> items.addValues(encode(item)));
            return Value.newBuilder().setListValue(items).build();
        }
        if (value instanceof Map<?, ?> map) {
            Struct.Builder struct = Struct.newBuilder();
            map.forEach((key, item) -> struct.putFields((String) key, encode(item)));
            return Value.newBuilder().setStructValue(struct).build();
        }
        throw new IllegalArgumentException("not a property value: " + value.getClass());
    }

    private static Value signed(String signature, Map<String, Object> fields, String extraKey, Object extraValue) {
        Struct.Builder struct = Struct.newBuilder();
        fields.forEach((key, item) -> struct.putFields(key, encode(item)));
        if (extraKey != null) {
            struct.putFields(extraKey, encode(extraValue));
        }
        struct.putFields(SIGNATURE_KEY, encode(signature));
        return Value.newBuilder().setStructValue(struct).build();
    }
}
