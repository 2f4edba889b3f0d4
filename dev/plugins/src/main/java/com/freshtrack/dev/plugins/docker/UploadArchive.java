package com.freshtrack.dev.plugins.docker;

import com.freshtrack.dev.plugins.serve.ResourceFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes uploads as one tar stream for {@code docker cp -}: owned by uid 0, mode 0644, 0744 when executable, or the given
 * permissions, as resourceDockerContainerCreate does.
 */
final class UploadArchive {

    private static final int PLAIN = 0644;
    private static final int EXECUTABLE = 0744;

    private UploadArchive() {}

    static byte[] of(List<Inputs> uploads) throws ResourceFailure {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Inputs upload : uploads) {
                byte[] content = content(upload);
                TarArchiveEntry entry = new TarArchiveEntry(upload.text("file").orElse(""));
                entry.setSize(content.length);
                entry.setMode(mode(upload));
                entry.setIds(0, 0);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            tar.finish();
        } catch (IOException e) {
            throw new ResourceFailure("can't pack the uploads: " + e.getClass().getSimpleName());
        }
        return bytes.toByteArray();
    }

    private static int mode(Inputs upload) {
        Optional<String> permissions = upload.text("permissions");
        if (permissions.isPresent()) {
            return Integer.parseInt(permissions.get(), 8);
        }
        return upload.flag("executable", false) ? EXECUTABLE : PLAIN;
    }

    private static byte[] content(Inputs upload) throws ResourceFailure {
        if (upload.has("content")) {
            return upload.text("content").orElse("").getBytes(StandardCharsets.UTF_8);
        }
        if (upload.has("contentBase64")) {
            return Base64.getDecoder().decode(upload.text("contentBase64").orElse(""));
        }
        try {
            return Files.readAllBytes(Path.of(upload.text("source").orElse("")));
        } catch (IOException | InvalidPathException e) {
            throw new ResourceFailure(
                    "can't read the source of the upload " + upload.text("file").orElse(""));
        }
    }
}
