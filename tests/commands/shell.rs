//! Runs commands, and a server to run them beside.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub const PASSWORD: &str = "three quiet lifts";

/// What a command answered.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program on a folder, or another that runs it, in an environment that holds only where its data
/// is and that tests may ask faster than people.
pub fn larder(data: &Path, mut command: Command) -> Command {
    command
        .env_clear()
        .env("LARDER_DATA", data)
        .env("LARDER_LIMIT_SCALE", "1000")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn program(data: &Path) -> Command {
    larder(data, Command::new(env!("CARGO_BIN_EXE_larder")))
}

/// Runs a command on a folder; `input` is its standard input.
pub fn run_with(data: &Path, args: &[&str], input: &str) -> Said {
    let mut child = program(data).args(args).spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
    let done = child.wait_with_output().expect("it ends");
    Said {
        code: done.status.code().expect("no signal ended it"),
        out: String::from_utf8(done.stdout).expect("text"),
        err: String::from_utf8(done.stderr).expect("text"),
    }
}

pub fn run(data: &Path, args: &[&str]) -> Said {
    run_with(data, args, "")
}

/// Begins a command and does not wait for it.
pub fn start(data: &Path, args: &[&str]) -> Child {
    program(data).args(args).spawn().expect("the program starts")
}

/// Runs a command that must go well, and gives what it printed.
pub fn done(data: &Path, args: &[&str]) -> String {
    let said = run(data, args);
    assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
    said.out
}

/// Makes a folder with an operator who owns a tenant.
pub fn set_up(data: &Path) {
    let create = ["admin", "create", "--tenant", "Acme & Sons", "--email", "ada@acme.example", "--password-file", "-"];
    let said = run_with(data, &create, &format!("{PASSWORD}\n"));
    assert_eq!(said.code, 0, "{}", said.err);
}

/// A server of its own process, stopped in the end.
pub struct Server {
    child: Child,
    pub url: String,
    /// What it has printed after the line with its address, up to what was waited for.
    pub lines: Vec<String>,
}

impl Server {
    /// Starts one and reads what it prints up to the line that contains `until`.
    pub fn start(data: &Path, args: &[&str], until: &str) -> Self {
        // Nobody reads what it logs, and a full pipe would stop it.
        let mut command = program(data);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(args).stderr(Stdio::null());
        Self::spawn(&mut command, until)
    }

    /// The same by a command of the caller's own.
    pub fn spawn(command: &mut Command, until: &str) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut lines = Vec::new();
        while !lines.last().is_some_and(|line: &String| line.contains(until)) {
            lines.push(out.next().unwrap_or_else(|| panic!("it printed {lines:?} and ended")).expect("text"));
        }
        let url = lines[0].rsplit(' ').next().expect("a word").to_owned();
        Self { child, url, lines }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as the system would.
    pub fn stop(self) {
        let id = self.id().to_string();
        let told = Command::new("kill").arg(&id).status().expect("told");
        assert!(told.success());
        self.ends();
    }

    /// Waits until it has ended in peace.
    pub fn ends(mut self) {
        assert!(self.child.wait().expect("it ends").success());
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("it ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
