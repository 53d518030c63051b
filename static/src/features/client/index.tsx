/** The client area: a customer's own sites, machines, jobs and certificates, and a way to ask for more. */
import type { ComponentType } from "preact";
import { Link, Redirect, Route, Switch } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { useSchema } from "../../kernel/schema";
import { Guard } from "../../ui/guard";
import { Skeleton } from "../../ui/state";
import { clientWords } from "../../words/client-area";
import { overviewParts } from "./api";
import { Certificates } from "./certificates";
import { Equipment } from "./equipment";
import { Frame, Page } from "./frame";
import { Job } from "./job";
import { Jobs } from "./jobs";
import { Machine } from "./machine";
import { Overview } from "./overview";
import { Paper } from "./paper";
import { Request } from "./request";
import { Sites } from "./sites";
import "./style.css";

interface Props {
  account?: ComponentType;
  reports?: ComponentType<{ name?: string }>;
}

export default function ClientArea({ account: Account, reports: Reports }: Props) {
  const known = useSchema() !== undefined;
  const sites = usePart(overviewParts().sites, false).data?.data;
  const company = (sites?.[0]?.company as Row | undefined)?.name;
  return (
    <Frame company={company ? String(company) : null}>
      <Guard>
        {known ? (
          <Switch>
            <Route path="/" component={Overview} />
            <Route path="/sites" component={Sites} />
            <Route path="/sites/:id">{({ id }) => <Redirect to={`/equipment?site=${id}`} replace />}</Route>
            <Route path="/equipment" component={Equipment} />
            <Route path="/equipment/:id">{({ id }) => <Machine key={id} id={id} />}</Route>
            <Route path="/work-orders" component={Jobs} />
            <Route path="/work-orders/new" component={Request} />
            <Route path="/work-orders/:id">{({ id }) => <Job key={id} id={id} />}</Route>
            <Route path="/certificates" component={Certificates} />
            <Route path="/certificates/:id">{({ id }) => <Paper key={id} id={id} />}</Route>
            {Reports && <Route path="/reports/:name?">{({ name }) => <Reports name={name} />}</Route>}
            {Account && (
              <Route path="/account">
                <Account />
              </Route>
            )}
            <Route path="/sign-in">
              <Redirect to="/" replace />
            </Route>
            <Route>
              <Page title={clientWords.missing} how={clientWords.missingHow}>
                <p>
                  <Link class="btn" href="/">
                    {clientWords.back.overview}
                  </Link>
                </p>
              </Page>
            </Route>
          </Switch>
        ) : (
          <Skeleton />
        )}
      </Guard>
    </Frame>
  );
}
