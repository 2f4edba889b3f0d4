package com.freshtrack.dev.plugins.serve;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** Sends answers and failures to the engine; no failure holds a value. */
final class Reply {

    private Reply() {}

    /** Makes an answer; whatever it throws becomes the failure that the engine shows. */
    interface Answer<T> {
        T get() throws Exception;
    }

    static <T> void send(StreamObserver<T> response, Answer<T> answer) {
        T value;
        try {
            value = answer.get();
        } catch (StatusRuntimeException e) {
            response.onError(e);
            return;
        } catch (ResourceFailure e) {
            response.onError(Status.UNKNOWN.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.onError(Status.CANCELLED.withDescription("cancelled").asRuntimeException());
            return;
        } catch (Exception e) {
            // The message of an unforeseen exception could hold a value: only where it happened is told.
            response.onError(Status.INTERNAL
                    .withDescription(
                            "defect in the plugin: " + e.getClass().getSimpleName() + " at " + e.getStackTrace()[0])
                    .asRuntimeException());
            return;
        }
        response.onNext(value);
        response.onCompleted();
    }

    /**
     * Failures that name their property in the text alone: for one that names it in the field made for it, the engine prints
     * the property's value, secret or not (https://github.com/pulumi/pulumi/issues/19465 ).
     */
    static List<CheckFailure> failures(List<String> problems) {
        return problems.stream()
                .map(problem -> CheckFailure.newBuilder().setReason(problem).build())
                .toList();
    }

    /** The failure of a creation that left something behind, which the engine records. */
    static StatusRuntimeException initializationFailed(String reason, String id, Struct inputs, Struct state) {
        ErrorResourceInitFailed detail = ErrorResourceInitFailed.newBuilder()
                .setId(id)
                .setInputs(inputs)
                .setProperties(state)
                .addReasons(reason)
                .build();
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Code.UNKNOWN_VALUE)
                .setMessage(reason)
                .addDetails(Any.pack(detail))
                .build());
    }
}
