package com.freshtrack.dev.plugins.serve;

import com.freshtrack.dev.plugins.wire.WireFormat;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;

/** Sends requests to a plugin as the engine does, and keeps what it logs. */
public final class EngineSide {

    private final String urn;
    private final Plugin plugin;
    private final ProviderService service;
    private final List<String> log = new CopyOnWriteArrayList<>();

    public EngineSide(Plugin plugin, String type, String name) {
        this.urn = "urn:pulumi:test::freshtrack::" + type + "::" + name;
        this.plugin = plugin;
        this.service = new ProviderService(plugin, (severity, about, message) -> log.add(message));
    }

    /** What a failed creation left behind. */
    public record Partial(String message, String id, Map<String, Object> state) {}

    public List<String> log() {
        return log;
    }

    public Plugin plugin() {
        return plugin;
    }

    public ConfigureResponse configure(Map<String, Object> config) {
        return call(
                service::configure,
                ConfigureRequest.newBuilder().setArgs(wire(config)).build());
    }

    public CheckResponse checkConfig(Map<String, Object> config) {
        return call(
                service::checkConfig,
                CheckRequest.newBuilder().setNews(wire(config)).build());
    }

    public List<String> problems(Map<String, Object> news) {
        return call(
                        service::check,
                        CheckRequest.newBuilder()
                                .setUrn(urn)
                                .setNews(wire(news))
                                .build())
                .getFailuresList()
                .stream()
                .map(failure -> failure.getReason())
                .toList();
    }

    public Map<String, Object> check(Map<String, Object> olds, Map<String, Object> news) {
        CheckRequest request = CheckRequest.newBuilder()
                .setUrn(urn)
                .setOlds(wire(olds))
                .setNews(wire(news))
                .build();
        return WireFormat.decode(call(service::check, request).getInputs());
    }

    public DiffResponse diff(Map<String, Object> oldInputs, Map<String, Object> oldState, Map<String, Object> news) {
        return diff("", oldInputs, oldState, news);
    }

    public DiffResponse diff(
            String id, Map<String, Object> oldInputs, Map<String, Object> oldState, Map<String, Object> news) {
        DiffRequest request = DiffRequest.newBuilder()
                .setUrn(urn)
                .setId(id)
                .setOldInputs(wire(oldInputs))
                .setOlds(wire(oldState))
                .setNews(wire(news))
                .build();
        return call(service::diff, request);
    }

    /** A diff whose new inputs have the old ones at these paths, as the engine sends it. */
    public DiffResponse diffIgnoring(List<String> paths, Map<String, Object> oldInputs, Map<String, Object> news) {
        DiffRequest request = DiffRequest.newBuilder()
                .setUrn(urn)
                .setOldInputs(wire(oldInputs))
                .setNews(wire(news))
                .addAllIgnoreChanges(paths)
                .build();
        return call(service::diff, request);
    }

    public CreateResponse create(Map<String, Object> inputs, boolean preview) {
        CreateRequest request = CreateRequest.newBuilder()
                .setUrn(urn)
                .setProperties(wire(inputs))
                .setPreview(preview)
                .build();
        return call(service::create, request);
    }

    public Map<String, Object> created(Map<String, Object> inputs) {
        return WireFormat.decode(create(inputs, false).getProperties());
    }

    public Map<String, Object> previewed(Map<String, Object> inputs) {
        return WireFormat.decode(create(inputs, true).getProperties());
    }

    /** Creates what is expected to fail after it exists. */
    public Partial createdInPart(Map<String, Object> inputs) {
        try {
            create(inputs, false);
        } catch (EngineError error) {
            for (Any detail : StatusProto.fromThrowable(error.getCause()).getDetailsList()) {
                try {
                    ErrorResourceInitFailed failed = detail.unpack(ErrorResourceInitFailed.class);
                    return new Partial(failed.getReasons(0), failed.getId(), WireFormat.decode(failed.getProperties()));
                } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
            throw new AssertionError("failed without a part: " + error.getMessage());
        }
        throw new AssertionError("the creation didn't fail");
    }

    public Map<String, Object> update(String id, Map<String, Object> olds, Map<String, Object> news, boolean preview) {
        UpdateRequest request = UpdateRequest.newBuilder()
                .setUrn(urn)
                .setId(id)
                .setOlds(wire(olds))
                .setNews(wire(news))
                .setPreview(preview)
                .build();
        UpdateResponse response = call(service::update, request);
        return WireFormat.decode(response.getProperties());
    }

    public ReadResponse read(String id, Map<String, Object> inputs, Map<String, Object> state) {
        ReadRequest request = ReadRequest.newBuilder()
                .setUrn(urn)
                .setId(id)
                .setInputs(wire(inputs))
                .setProperties(wire(state))
                .build();
        return call(service::read, request);
    }

    public void delete(String id, Map<String, Object> state) {
        call(
                service::delete,
                DeleteRequest.newBuilder()
                        .setUrn(urn)
                        .setId(id)
                        .setProperties(wire(state))
                        .build());
    }

    public void cancel() {
        call(service::cancel, Empty.getDefaultInstance());
    }

    /** The plugin answered with an error; its message is what a user would see. */
    public static final class EngineError extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EngineError(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static Struct wire(Map<String, Object> properties) {
        return WireFormat.encode(properties);
    }

    private static <Q, A> A call(BiConsumer<Q, StreamObserver<A>> method, Q request) {
        var answer = new StreamObserver<A>() {
            A value;
            Throwable error;

            @Override
            public void onNext(A next) {
                value = next;
            }

            @Override
            public void onError(Throwable failure) {
                error = failure;
            }

            @Override
            public void onCompleted() {
                // the value is there
            }
        };
        method.accept(request, answer);
        if (answer.error != null) {
            throw new EngineError(answer.error);
        }
        return answer.value;
    }
}
