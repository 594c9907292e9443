package dev.rookery.gateway.web;

import dev.rookery.gateway.query.Answer;
import dev.rookery.gateway.query.Formats;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Streams an answer to the client with its bytes unchanged. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /** @throws IOException when the stream breaks; the container then cuts the connection instead of ending it */
    public static void write(Answer answer, HttpServletResponse response) throws IOException {
        try (answer) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(Formats.contentType(answer.format(), answer.header("Content-Type")));
            answer.header("Content-Encoding").ifPresent(encoding -> {
                response.setHeader("Content-Encoding", encoding);
                response.setHeader("Vary", "Accept-Encoding");
            });
            answer.writeTo(response.getOutputStream());
        }
    }
}
