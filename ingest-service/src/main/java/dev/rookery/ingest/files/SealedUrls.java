package dev.rookery.ingest.files;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.ingest.files.ImportRequest.Source;

/** URLs as jobs keep them: unreadable without the master key, for a signed URL is a key itself. Thread safe. */
final class SealedUrls {
    private final Sealer sealer;

    SealedUrls(Sealer sealer) {
        this.sealer = sealer;
    }

    Source seal(JobId job, String url, LoadRequest asked, CsvDialect dialect) {
        Sealed sealed = sealer.seal(url, place(job));
        return new Source(
                sealed.keyId(),
                sealed.bytes(),
                asked.format().map(FileFormat::text).orElse(null),
                dialect.delimiter(),
                dialect.escape(),
                dialect.newLine());
    }

    String open(JobId job, Source source) {
        return sealer.open(new Sealed(source.keyId(), source.sealedUrl()), place(job));
    }

    private static String place(JobId job) {
        return "jobs/" + job + "/url";
    }
}
