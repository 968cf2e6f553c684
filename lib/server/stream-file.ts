import "server-only";
import { report } from "#lib/infra/log.ts";

type StreamedFile = { filename: string; type: string; content: AsyncGenerator<string> };

/**
 * A file of any length, read as fast as the browser takes it and never held as a whole. Where a read fails the answer
 * breaks off, so that the browser tells a cut file from a whole one.
 */
export function streamFile({ filename, type, content }: StreamedFile): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await content.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          report(error, { where: "route" });
          controller.error(error);
        }
      },
      cancel: async () => void (await content.return(undefined)),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${filename}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
