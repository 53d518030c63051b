/** At the right of the head: what can be done with the list as a whole. */
import { Link, useLocation } from "wouter-preact";
import { Problem } from "../../kernel/api";
import { type Kind, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { ShowAs } from "../../ui/show-as";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import type { Place } from "./address";
import { exportAll, type Format, FORMATS, MOST_AT_ONCE, prepareAll } from "./export";

interface Props {
  kind: Kind;
  place: Place;
  /** Rows of the list, once they are counted. */
  total: number | undefined;
  /** Nothing is there yet: the page itself offers to make the first one. */
  bare: boolean;
  /** Rows are being ticked; null when that would lead to nothing. */
  picking: boolean | null;
  onPicking: () => void;
  onSearch: () => void;
}

export function Actions({ kind, place, total, bare, picking, onPicking, onSearch }: Props) {
  const [, go] = useLocation();
  const w = words.list;
  const brings = kind.importable && may(kind, "create");
  const prepare = (format: Format) =>
    prepareAll(kind, place, format).then(
      (id) => go(`/exports/${id}`),
      (refused: unknown) => {
        if (!(refused instanceof Problem)) throw refused;
        toast(refused.message, { tone: "danger" });
      },
    );
  const long = total !== undefined && total > MOST_AT_ONCE;
  const files = may(kind, "export") && !bare
    ? [
        ...FORMATS.map((format) => ({ label: w.exportAs[format], icon: "download", onPick: () => (long ? void prepare(format) : exportAll(kind, place, format)) })),
        ...(long ? [] : [{ label: w.exportLater, icon: "clock", onPick: () => void prepare("csv") }]),
      ]
    : [];
  return (
    <>
      <span class="desk">
        <ShowAs kind={kind} now="list" />
      </span>
      {brings && (
        <Link class="btn quiet desk" href={`/import/${kind.name}`}>
          <Icon name="upload" />
          {w.import}
        </Link>
      )}
      {files.length > 0 && (
        <span class="desk">
          <Menu label={w.export} items={files} button={(open) => <Button look="quiet" icon="download" label={w.export} {...open} />} />
        </span>
      )}
      {may(kind, "create") && !bare && (
        <Button look="primary" class="desk" icon="plus" onClick={() => go(`/${kind.name}/new`)}>
          {w.add(kind.one, kind.many)}
        </Button>
      )}
      <span class="phone flex">
        {!bare && <Button look="quiet" icon="search" label={w.searchIn(kind.many)} onClick={onSearch} />}
        <Menu
          label={words.more}
          items={[
            ...(picking === null || bare ? [] : [{ label: picking ? w.stopPicking : w.pickRows, icon: "task", onPick: onPicking }]),
            ...(brings ? [{ label: w.import, icon: "upload", onPick: () => go(`/import/${kind.name}`) }] : []),
            ...files,
          ]}
          button={(open) => <Button look="quiet" icon="dots" label={`${words.more}: ${capital(kind.many)}`} {...open} />}
        />
      </span>
    </>
  );
}
