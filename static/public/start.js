// Runs before anything is painted, and while the app itself is still under way.
(function () {
  var root = document.documentElement;
  var role;
  try {
    // A chosen theme must never flash.
    var theme = localStorage.getItem("larder.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    role = (localStorage.getItem("larder.signed-in") || "").split(" ")[0];
  } catch (_) {
    // A browser that keeps nothing gets the system's theme.
  }
  if (role && role !== "client") root.dataset.first = "desk";

  // The files of the screen that the address names are asked for together with the app's own.
  var screens = document.querySelector('meta[name="larder-screens"]');
  if (!screens) return;
  var way = location.pathname.split("/").filter(Boolean);
  var files = Object.create(null);
  screens.content.split(";").forEach(function (line) {
    var names = line.split(" ");
    files[names.shift()] = names;
  });
  var screen =
    !role ? "sign-in"
    : role === "client" ? "client"
    : !way[0] ? "dashboard"
    // A screen of its own; every other address begins with a kind of record.
    : files[way[0]] ? way[0]
    : !way[1] ? "list"
    : way[1] === "board" ? "board"
    : way[1] === "new" || way[2] === "edit" ? "form"
    : "record";
  (files[screen] || []).forEach(function (file) {
    var link = document.createElement("link");
    link.crossOrigin = "";
    link.href = "/assets/" + file;
    link.rel = /css$/.test(file) ? "preload" : "modulepreload";
    if (link.rel === "preload") link.as = "style";
    document.head.appendChild(link);
  });
})();
