/** One role: how far each action reaches, and which fields it keeps back. */
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { Problem, type Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, type Kind, may, useSchema } from "../../kernel/schema";
import { role as ownRole } from "../../kernel/session";
import { same, remove, update } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { Ask } from "./ask";
import { Matrix } from "./matrix";
import { label, rowsOf } from "./parts";
import { type Rights, rightsOf } from "./rights";
import { CopyRole } from "./roles";
import { Section } from "./section";

export function Role({ name }: { name: string }) {
  const { data, error, refetch } = usePart(rowsOf("roles"));
  const schema = useSchema();
  const role = data?.data.find((one) => one.name === name);
  if (error && !data) return <Failed problem={error} onRetry={() => void refetch()} />;
  if (!data || !schema) return <Skeleton />;
  if (!role) return <Empty icon="shield" title={words.problem.gone}>{words.problem.goneHow}</Empty>;
  return <One key={role.version} role={role} kinds={schema.kinds} />;
}

function One({ role, kinds }: { role: Row; kinds: Kind[] }) {
  const [, go] = useLocation();
  const known = rightsOf(role, kinds, ownRole.value);
  const [rights, setRights] = useState<Rights | null>(known);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const fixed = role.shipped === true || !may(kindOf("roles"), "update");
  const save = async () => {
    try {
      await update("roles", role, { ...rights });
      setProblem(null);
    } catch (refused) {
      if (refused instanceof Problem) setProblem(refused.errors[0]?.message ?? refused.message);
    }
  };
  return (
    <Section
      lead={<Link class="more" href="/settings/roles"><Icon name="left" />{words.settings.sections.roles}</Link>}
      title={label(role)}
      about={String(role.about ?? "")}
      action={
        <>
          <CopyRole role={role} />
          {!fixed && may(kindOf("roles"), "delete") && <Button look="quiet" icon="x" label={words.settings.roleDelete} onClick={() => setAsking(true)} />}
        </>
      }
    >
      {problem && <p class="note-danger" role="alert">{problem}</p>}
      {rights ? <Matrix rights={rights} kinds={kinds} fixed={fixed} title={words.settings.rightsOf(label(role))} onChange={setRights} /> : <p class="card form-card muted">{words.settings.rightsUnknown}</p>}
      {!fixed && rights && (
        <div class="save-bar">
          {!same(rights, known) && <span class="muted t13">{words.settings.unsaved}</span>}
          <Button look="primary" disabled={same(rights, known)} onClick={() => void save()}>{words.save}</Button>
        </div>
      )}
      {asking && (
        <Ask title={words.settings.roleDeleteAsk(label(role))} how={words.settings.roleDeleteHow} go={words.settings.delete} onClose={() => setAsking(false)}
          onGo={() => void remove("roles", role).then(() => go("/settings/roles"))} />
      )}
    </Section>
  );
}
