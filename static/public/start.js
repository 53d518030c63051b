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
  var own = ["today", "calendar", "dispatch", "settings", "account", "import"];
  var screen =
    !role ? "sign-in"
    : role === "client" ? "client"
    : !way[0] ? "dashboard"
    : own.indexOf(way[0]) >= 0 ? way[0]
    : !way[1] ? "list"
    : way[1] === "board" ? "board"
    : way[1] === "new" || way[2] === "edit" ? "form"
    : "record";
  screens.content.split(";").forEach(function (line) {
    var files = line.split(" ");
    if (files.shift() !== screen) return;
    files.forEach(function (file) {
      var link = document.createElement("link");
      link.crossOrigin = "";
      link.href = "/assets/" + file;
      link.rel = /css$/.test(file) ? "preload" : "modulepreload";
      if (link.rel === "preload") link.as = "style";
      document.head.appendChild(link);
    });
  });
})();
