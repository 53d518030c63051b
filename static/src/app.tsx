/** Who sees what: the sign-in page, or the shell with the screen that the address names. */
import { QueryClientProvider } from "@tanstack/preact-query";
import { lazy, Suspense } from "preact/compat";
import { Redirect, Route, Switch, useLocation } from "wouter-preact";
import { firstLoad } from "./kernel/first-load";
import { client } from "./kernel/query";
import { role, session } from "./kernel/session";
import { Shell } from "./features/shell";
import { Overlays } from "./features/shell/overlays";
import { isClient } from "./features/shell/screens";
import { Skeleton } from "./ui/state";
import { Guard } from "./ui/guard";

const SignIn = lazy(() => import("./features/sign-in"));
const Dashboard = lazy(() => import("./features/dashboard"));
const FirstSteps = lazy(() => import("./features/set-up"));
const List = lazy(() => import("./features/list"));
const Record = lazy(() => import("./features/record"));
const Form = lazy(() => import("./features/form"));
const Board = lazy(() => import("./features/board"));
const Calendar = lazy(() => import("./features/calendar"));
const Dispatch = lazy(() => import("./features/dispatch"));
const Today = lazy(() => import("./features/today"));
const ClientArea = lazy(() => import("./features/client"));
const Import = lazy(() => import("./features/import"));
const Health = lazy(() => import("./features/health"));
const Reports = lazy(() => import("./features/reports"));
const Export = lazy(() => import("./features/exports"));
const Portal = lazy(() => import("./features/portal"));
const Settings = lazy(() => import("./features/settings"));
const Notifications = lazy(() => import("./features/notifications"));
const Account = lazy(() => import("./features/account"));
const More = lazy(() => import("./features/shell/more"));

export function App() {
  // Until there is something to show, the page shows its first frame.
  if (session.value === undefined) return null;
  if (session.value === null) {
    return (
      <Guard>
        <Suspense fallback={null}>
          <SignIn />
        </Suspense>
      </Guard>
    );
  }
  // A customer has an area of its own, without the rail and the tools of the people who work here.
  if (isClient(role.value)) {
    return (
      <QueryClientProvider client={client}>
        <Guard>
          <Suspense fallback={<Skeleton />}>
            <ClientArea account={Account} reports={Reports} />
          </Suspense>
        </Guard>
      </QueryClientProvider>
    );
  }
  firstLoad(session.value.user.id, location.pathname);
  return (
    <QueryClientProvider client={client}>
      <Shell>
        <Screens />
      </Shell>
      <Guard floats>
        <Overlays />
      </Guard>
    </QueryClientProvider>
  );
}

function Screens() {
  const [at] = useLocation();
  return (
    <Guard at={at}>
      <Suspense fallback={<Skeleton />}>
        <Routes />
      </Suspense>
    </Guard>
  );
}

function Routes() {
  return (
    <Switch>
      <Route path="/">
        <Dashboard first={role.value === "owner" && <Suspense fallback={null}><FirstSteps /></Suspense>} />
      </Route>
      <Route path="/today" component={Today} />
      <Route path="/today/:id" component={Today} />
      <Route path="/calendar" component={Calendar} />
      <Route path="/dispatch" component={Dispatch} />
      <Route path="/reports/:name?">{({ name }) => <Reports name={name} />}</Route>
      <Route path="/exports/:id">{({ id }) => <Export key={id} id={id} />}</Route>
      <Route path="/portal/:name?">{({ name }) => <Portal name={name} />}</Route>
      <Route path="/settings/*?" component={Settings} />
      <Route path="/health" component={Health} />
      <Route path="/notifications" component={Notifications} />
      <Route path="/account" component={Account} />
      <Route path="/more" component={More} />
      <Route path="/import/:kind?" component={Import} />
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/:kind/board">{({ kind }) => <Board key={kind} kind={kind} />}</Route>
      <Route path="/:kind/new">{({ kind }) => <Form key={kind} kind={kind} />}</Route>
      <Route path="/:kind/:id/edit">{({ kind, id }) => <Form key={`${kind}${id}`} kind={kind} id={id} />}</Route>
      <Route path="/:kind/:id">{({ kind, id }) => <Record key={`${kind}${id}`} kind={kind} id={id} />}</Route>
      <Route path="/:kind">{({ kind }) => <List key={kind} kind={kind} />}</Route>
    </Switch>
  );
}
