package io.idempotency.campaign.fuzz;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.core.ApplicationPart;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.apache.tomcat.util.http.fileupload.disk.DiskFileItemFactory;
import org.jspecify.annotations.Nullable;

/** Reads bodies in several parts as Tomcat does for a request, and writes them. */
final class MultipartBody {

    private static final File UNUSED = new File(System.getProperty("java.io.tmpdir", "."));
    private static final int ALWAYS_IN_MEMORY = 1 << 24;

    /** What needs neither escapes nor an encoding. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]*");

    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9/.;= _-]*");

    private MultipartBody() {}

    /** The parts that Tomcat finds; nothing if it refuses the body. */
    static Optional<List<Part>> parse(String boundary, String body) {
        DiskFileItemFactory items = new DiskFileItemFactory();
        items.setSizeThreshold(ALWAYS_IN_MEMORY);
        items.setRepository(UNUSED);
        FileUpload upload = new FileUpload();
        upload.setFileItemFactory(items);
        try {
            List<Part> parts = upload.parseRequest(new Sent(boundary, body)).stream()
                    .<Part>map(item -> new ApplicationPart(item, UNUSED))
                    .toList();
            return Optional.of(parts);
        } catch (FileUploadException | RuntimeException refused) {
            // Tomcat's parser throws what it likes: a null pointer for a nested multipart without a boundary, for one.
            return Optional.empty();
        }
    }

    static boolean sameName(Part one, Part other) {
        return Objects.equals(one.getName(), other.getName());
    }

    /** Whether {@link #written} can say what this part is; a media type of a multipart would be taken apart again. */
    static boolean canBeWritten(Part part) {
        String type = part.getContentType();
        return part.getName() != null
                && !part.getName().isEmpty()
                && PLAIN.matcher(part.getName()).matches()
                && isPlain(part.getSubmittedFileName())
                && (type == null
                        || (MEDIA_TYPE.matcher(type).matches()
                                && !type.toLowerCase(Locale.ROOT).contains("multipart")));
    }

    private static boolean isPlain(@Nullable String text) {
        return text == null || PLAIN.matcher(text).matches();
    }

    static String written(String boundary, List<Part> parts) {
        StringBuilder body = new StringBuilder();
        for (Part part : parts) {
            body.append("--").append(boundary).append("\r\n");
            if (part.getContentType() != null) {
                body.append("content-type:").append(part.getContentType()).append("\r\n");
            }
            body.append("CONTENT-DISPOSITION: form-data");
            if (part.getSubmittedFileName() != null) {
                body.append("; filename=\"").append(part.getSubmittedFileName()).append('"');
            }
            body.append(";name=\"").append(part.getName()).append("\"\r\n\r\n");
            body.append(content(part)).append("\r\n");
        }
        return body.append("--").append(boundary).append("--").toString();
    }

    private static String content(Part part) {
        try (InputStream content = part.getInputStream()) {
            return Latin1.text(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the parser asks of a request. */
    private record Sent(String boundary, String body) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return "multipart/form-data; boundary=" + boundary;
        }

        @Override
        public long contentLength() {
            return body.length();
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(Latin1.bytes(body));
        }
    }
}
