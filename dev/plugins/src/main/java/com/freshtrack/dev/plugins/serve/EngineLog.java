package com.freshtrack.dev.plugins.serve;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** The engine's log, where a plugin's lines appear beside the resource they are about. */
public interface EngineLog {

    /** Writes one line; an empty URN stands for the whole stack. */
    void write(LogSeverity severity, String urn, String message);

    /** The log of the engine at a gRPC address, or standard error when the plugin was started by hand. */
    static EngineLog at(String address) {
        if (address.isEmpty()) {
            return (severity, urn, message) -> System.err.println(message);
        }
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(address).usePlaintext().build();
        EngineGrpc.EngineBlockingStub engine = EngineGrpc.newBlockingStub(channel);
        return (severity, urn, message) -> {
            LogRequest line = LogRequest.newBuilder()
                    .setSeverity(severity)
                    .setUrn(urn)
                    .setMessage(message)
                    .build();
            try {
                engine.log(line);
            } catch (StatusRuntimeException e) {
                System.err.println(message); // the engine is going away
            }
        };
    }
}
