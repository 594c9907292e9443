package dev.rookery.controlplane.deployments;

import dev.rookery.access.web.ApiException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/** Reads the files of a project out of a multipart body (client-contract.md 2.1). */
final class ProjectUpload {
    private static final String OWN = "data_project://";
    private static final String VENDORED = "data_project_vendored://";

    private ProjectUpload() {}

    /** @throws ApiException 400 when the body is no multipart, or brings no file */
    static List<ProjectFile> read(HttpServletRequest request) throws IOException {
        String contentType = request.getContentType();
        if (contentType == null
                || !contentType.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
            throw ApiException.badRequest(
                    "Send the project's files as multipart/form-data, each as a part named '%s'".formatted(OWN));
        }
        List<ProjectFile> files = new ArrayList<>();
        for (Part part : parts(request)) {
            String name = part.getSubmittedFileName();
            boolean vendored = VENDORED.equals(part.getName());
            if (name != null && (OWN.equals(part.getName()) || vendored)) {
                try (InputStream content = part.getInputStream()) {
                    String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    boolean named = name.startsWith("vendor/") || !vendored;
                    files.add(new ProjectFile(named ? name : "vendor/" + name, text));
                }
            }
        }
        if (files.isEmpty()) {
            throw ApiException.badRequest(
                    "The project is empty: send at least one file as a part named '%s'".formatted(OWN));
        }
        return files;
    }

    private static Iterable<Part> parts(HttpServletRequest request) throws IOException {
        var multipart = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (multipart != null) {
            // Where bodies are not read before they are asked for, this reads it, and tells too large from malformed.
            var _ = multipart.getMultiFileMap();
        }
        try {
            return request.getParts();
        } catch (ServletException | IllegalStateException e) {
            throw new MultipartException("the multipart body cannot be read", e);
        }
    }
}
