import { flushSync } from "svelte";
import { expect, it, vi } from "vitest";
import { Board } from "./board.svelte";
import { Connection } from "../live/connection.svelte";

it("is started once by an effect, however often the line opens and closes", async () => {
  vi.useFakeTimers();
  const made: { onopen?: () => void; onmessage?: (event: { data: string }) => void }[] = [];
  const connection = new Connection({
    token: () => Promise.resolve("token"),
    board: new Board(),
    socket: () => {
      const socket = { readyState: 1, send: () => undefined, close: () => undefined } as unknown as WebSocket;
      made.push(socket as unknown as (typeof made)[number]);
      return socket;
    },
    fetch: () => Promise.reject(new Error("no net")),
    random: () => 0,
    reload: () => undefined,
    remember: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
  });
  const end = $effect.root(() => {
    $effect(() => {
      connection.start();
      return () => connection.stop();
    });
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  made[0]?.onopen?.();
  const changes = { type: "changes", epoch: "e", seq: 1, all: true, activity: null, records: [], gone: [] };
  made[0]?.onmessage?.({ data: JSON.stringify(changes) });
  flushSync();
  await vi.advanceTimersByTimeAsync(100);
  flushSync();
  expect(connection.state).toBe("open");
  expect(made).toHaveLength(1);
  end();
  vi.useRealTimers();
});
