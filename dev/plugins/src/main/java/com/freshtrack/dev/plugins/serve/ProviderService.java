package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.InputCheck;
import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.WireFormat;
import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc.ResourceProviderImplBase;

/** Translates the engine's requests for any {@link Plugin}: checks, diffs, previews and secrets are the same for all. */
final class ProviderService extends ResourceProviderImplBase {

    private final Plugin plugin;
    private final EngineLog log;

    ProviderService(Plugin plugin, EngineLog log) {
        this.plugin = plugin;
        this.log = log;
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> response) {
        Reply.send(response, () -> PluginInfo.newBuilder()
                .setVersion(plugin.schema().version())
                .build());
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> response) {
        Reply.send(response, () -> GetSchemaResponse.newBuilder()
                .setSchema(plugin.schema().text())
                .build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> response) {
        Reply.send(response, () -> {
            Map<String, Object> config =
                    ProviderConfig.decode(plugin.schema().provider(), WireFormat.decode(request.getNews()));
            List<String> problems =
                    InputCheck.problems(plugin.schema(), plugin.schema().provider(), config);
            if (problems.isEmpty()) {
                problems = plugin.configProblems(Secret.stripMap(config));
            }
            return CheckResponse.newBuilder()
                    .setInputs(request.getNews())
                    .addAllFailures(Reply.failures(problems))
                    .build();
        });
    }

    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> response) {
        // A changed configuration never replaces a provider here: resources stay where they are and are updated through
        // it.
        Reply.send(response, () -> DiffResponse.newBuilder()
                .setChanges(
                        request.getOldInputs().equals(request.getNews())
                                ? DiffResponse.DiffChanges.DIFF_NONE
                                : DiffResponse.DiffChanges.DIFF_SOME)
                .build());
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> response) {
        Reply.send(response, () -> {
            plugin.configure(
                    Secret.stripMap(
                            ProviderConfig.decode(plugin.schema().provider(), WireFormat.decode(request.getArgs()))),
                    log);
            return ConfigureResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setSupportsPreview(true)
                    .build();
        });
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> response) {
        Reply.send(response, () -> {
            String type = Urn.parse(request.getUrn()).type();
            Optional<ResourceType> resource = plugin.resource(type);
            Optional<JsonNode> declared = plugin.schema().resource(type);
            if (resource.isEmpty() || declared.isEmpty()) {
                return CheckResponse.newBuilder()
                        .setInputs(request.getNews())
                        .addAllFailures(
                                Reply.failures(
                                        List.of(
                                                "the bundled " + plugin.schema().name()
                                                        + " plugin has no facts for the type " + type
                                                        + "; use the official plugin, or add the type to the plugin's facts (CONTRIBUTING.md)")))
                        .build();
            }
            Map<String, Object> inputs = resource.get()
                    .filledIn(
                            declared.get(),
                            request.getUrn(),
                            request.getRandomSeed().toByteArray(),
                            WireFormat.decode(request.getOlds()),
                            WireFormat.decode(request.getNews()));
            List<String> problems = InputCheck.problems(plugin.schema(), declared.get(), inputs);
            if (problems.isEmpty()) {
                problems = resource.get().problems(request.getUrn(), Secret.stripMap(inputs)).stream()
                        .map(Redaction.of(inputs)::apply)
                        .toList();
            }
            return CheckResponse.newBuilder()
                    .setInputs(WireFormat.encode(inputs))
                    .addAllFailures(Reply.failures(problems))
                    .build();
        });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> response) {
        Reply.send(response, () -> {
            ResourceType resource = resource(request.getUrn());
            Map<String, Object> olds = resource.readBack(WireFormat.decode(request.getOldInputs()));
            Map<String, Object> news = WireFormat.decode(request.getNews());
            JsonNode declared = declared(request.getUrn());
            List<InputDiff.Change> changes = InputDiff.changes(
                    plugin.schema(), declared.path("inputProperties"), resource.unorderedLists(), olds, news);
            changes = InputDiff.without(changes, request.getIgnoreChangesList());
            Map<String, Object> state = WireFormat.decode(request.getOlds());
            Map<String, Object> plainState = Secret.stripMap(state);
            resource.exists(request.getUrn(), request.getId(), plainState);
            changes = resource.judged(changes, Secret.stripMap(olds), Secret.stripMap(news), plainState);
            return DiffAnswer.of(changes, resource, declared, olds, news, state);
        });
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> response) {
        Reply.send(response, () -> {
            ResourceType resource = resource(request.getUrn());
            Map<String, Object> inputs = WireFormat.decode(request.getProperties());
            Outputs outputs = new Outputs(declared(request.getUrn()), resource);
            if (request.getPreview()) {
                return CreateResponse.newBuilder()
                        .setProperties(WireFormat.encode(outputs.unknownFor(inputs)))
                        .build();
            }
            Operation operation = Operation.of(request.getUrn(), "", inputs, Map.of(), request.getTimeout(), log);
            try {
                ResourceType.Created created = resource.create(operation);
                return CreateResponse.newBuilder()
                        .setId(created.id())
                        .setProperties(WireFormat.encode(outputs.of(inputs, created.computed())))
                        .build();
            } catch (ResourceFailure failure) {
                if (failure.partial().isEmpty()) {
                    throw failure;
                }
                ResourceType.Created partial = failure.partial().get();
                Map<String, Object> state = outputs.of(inputs, partial.computed());
                state.put(DiffAnswer.FAILED_CREATION, true);
                throw Reply.initializationFailed(
                        failure.getMessage(), partial.id(), WireFormat.encode(inputs), WireFormat.encode(state));
            }
        });
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> response) {
        Reply.send(response, () -> {
            ResourceType resource = resource(request.getUrn());
            Map<String, Object> inputs = WireFormat.decode(request.getNews());
            Map<String, Object> olds = WireFormat.decode(request.getOlds());
            Outputs outputs = new Outputs(declared(request.getUrn()), resource);
            Map<String, Object> state;
            if (request.getPreview()) {
                state = outputs.previewOfUpdate(olds, inputs);
            } else {
                Operation operation =
                        Operation.of(request.getUrn(), request.getId(), inputs, olds, request.getTimeout(), log);
                state = outputs.of(inputs, resource.update(operation));
            }
            return UpdateResponse.newBuilder()
                    .setProperties(WireFormat.encode(state))
                    .build();
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> response) {
        Reply.send(response, () -> {
            ResourceType resource = resource(request.getUrn());
            Map<String, Object> inputs = WireFormat.decode(request.getInputs());
            Map<String, Object> olds = WireFormat.decode(request.getProperties());
            if (inputs.isEmpty() && olds.isEmpty()) {
                throw new ResourceFailure("the bundled " + plugin.schema().name()
                        + " plugin doesn't import resources; use the official plugin for that");
            }
            Operation operation =
                    Operation.of(request.getUrn(), request.getId(), inputs, olds, request.getTimeout(), log);
            Optional<ResourceType.Found> found = resource.read(operation);
            if (found.isEmpty()) {
                return ReadResponse.getDefaultInstance();
            }
            Map<String, Object> actual = new TreeMap<>(resource.refreshed(inputs));
            found.get()
                    .drifted()
                    .forEach((name, value) ->
                            actual.put(name, Secret.isIn(inputs.get(name)) ? new Secret(value) : value));
            Map<String, Object> state = new Outputs(declared(request.getUrn()), resource)
                    .of(actual, found.get().computed());
            if (olds.containsKey(DiffAnswer.FAILED_CREATION)) {
                state.put(DiffAnswer.FAILED_CREATION, true);
            }
            return ReadResponse.newBuilder()
                    .setId(request.getId())
                    .setInputs(WireFormat.encode(actual))
                    .setProperties(WireFormat.encode(state))
                    .build();
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> response) {
        Reply.send(response, () -> {
            Map<String, Object> state = WireFormat.decode(request.getProperties());
            resource(request.getUrn())
                    .delete(Operation.of(request.getUrn(), request.getId(), state, state, request.getTimeout(), log));
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> response) {
        Reply.send(response, () -> {
            plugin.cancel();
            return Empty.getDefaultInstance();
        });
    }

    private ResourceType resource(String urn) throws ResourceFailure {
        return plugin.resource(Urn.parse(urn).type())
                .orElseThrow(() -> new ResourceFailure(
                        "unknown resource type: " + Urn.parse(urn).type()));
    }

    private JsonNode declared(String urn) throws ResourceFailure {
        return plugin.schema()
                .resource(Urn.parse(urn).type())
                .orElseThrow(() -> new ResourceFailure(
                        "no facts for the resource type " + Urn.parse(urn).type()));
    }
}
