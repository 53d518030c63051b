/** What this person is told about: it comes with the first page, and again by the minute. */
import { call, get } from "./api";
import { alongside, type Part } from "./pages";
import { client, keys } from "./query";
import type { components } from "./wire";

export type Notifications = components["schemas"]["Notifications"];
export type Notification = components["schemas"]["Notification"];
export type Ways = components["schemas"]["NotificationSettings"];
export type Sort = Notification["sort"];

export const notificationsPart: Part<Notifications> = {
  key: keys.notifications,
  name: "notifications",
  path: "notifications",
};

alongside(notificationsPart);

export const readAll = (): Promise<Notifications> => get<Notifications>("notifications?limit=200");

/** Notes that everything was seen. What is on screen keeps its dots until it is read anew. */
export async function markAllRead(): Promise<void> {
  await call("POST", "notifications/read", { body: { all: true } });
  client.setQueryData<Notifications>(keys.notifications, (old) => old && { ...old, unread: 0 });
}

/** Notes that what they were told of one thing is known to them: they have it before their eyes. */
export async function markReadAbout(kind: string, id: string): Promise<void> {
  const { data } = await get<Notifications>("notifications?unread=true", undefined, "timer");
  const ids = data.filter(({ record }) => record?.kind === kind && record.id === id).map((one) => one.id);
  if (ids.length === 0) return;
  await call("POST", "notifications/read", { body: { ids }, cause: "timer" });
  await client.invalidateQueries({ queryKey: keys.notifications });
}

export const readWays = (signal?: AbortSignal): Promise<Ways> => get<Ways>("notifications/settings", signal);

export const chooseWay = async (sort: Sort, way: string): Promise<Ways> =>
  (await call<Ways>("PUT", "notifications/settings", { body: { [sort]: way } })).data;
