-- Opens a claim file in a headless Neovim and goes through what an editor does with it: diagnostics, hover, completion, a
-- quick fix. It says what it sees, and ends with an error where something is not as it should be:
--
--     FACTUM=target/release/factum nvim --headless -u NONE -i NONE -c "luafile editors/neovim/try.lua"
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
package.path = here .. "/?.lua;" .. package.path
local factum = require("factum")

local function say(text)
  io.stdout:write(text .. "\n")
end

local function check(right, what)
  if not right then
    error("not as it should be: " .. what, 2)
  end
  say("ok: " .. what)
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

local function try()
  vim.lsp.set_log_level("debug")
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  folder = vim.loop.fs_realpath(folder)
  write(folder .. "/gazette.md", "---\ndate: 2025-03-10\n---\nNorrin acquired Halden on 5 March.\n")
  write(
    folder .. "/norrin.facts",
    'source gazette "gazette.md"\n\nname Norrin, also Norrin Lines: company\nname Halden: company\n\n'
      .. 'Norrin acquired Halden on 5 March 2025\n    > "Norrin acquired Halden on 5 March."\n'
  )
  write(folder .. "/norrin.claims", "# \u{1F4F0} claims\nNorrin Lines acquired Halden on 7 March 2025\nNorrin owns Halden\n")
  factum.setup({ cmd = { vim.env.FACTUM or "factum", "lsp" }, root = folder })
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/norrin.claims"))
  local buffer = vim.api.nvim_get_current_buf()

  local function diagnostics(count)
    local arrived = vim.wait(60000, function()
      return #vim.diagnostic.get(buffer) == count
    end, 20)
    check(arrived, count .. " diagnostics (there are " .. #vim.diagnostic.get(buffer) .. ")")
    return vim.diagnostic.get(buffer)
  end

  local function ask(method, params)
    local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, 60000)
    assert(answers, problem)
    for _, answer in pairs(answers) do
      assert(not answer.error, vim.inspect(answer.error))
      return answer.result
    end
    error("nobody answers " .. method)
  end

  -- What is shown needs the answer of the server to `initialize`, and then a fact base.
  local found = diagnostics(1)[1]
  say(found.message)
  check(found.lnum == 1 and found.message:find("contradicted", 1, true) ~= nil, "a wrong date is contradicted")
  local line = vim.api.nvim_buf_get_lines(buffer, 1, 2, true)[1]
  check(line:sub(found.col + 1, found.end_col) == "7 March 2025", "the date is what is marked")

  local at = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = 1, character = 16 } }
  local hover = ask("textDocument/hover", at).contents.value
  say(hover)
  check(hover:find("Norrin acquired Halden on 5 March.", 1, true) ~= nil, "a hover quotes the source")

  local place = ask("textDocument/definition", at)[1]
  check(place.uri == vim.uri_from_fname(folder .. "/gazette.md"), "the way to the quote")

  vim.api.nvim_buf_set_lines(buffer, 3, 3, true, { "Norrin acquired " })
  local offered = ask("textDocument/completion", { textDocument = at.textDocument, position = { line = 3, character = 16 } })
  local labels = {}
  for _, item in ipairs(offered.items) do
    labels[item.label] = true
  end
  check(labels["Halden"] and not labels["acquired"], "names are offered behind a verb")
  vim.api.nvim_buf_set_lines(buffer, 3, 4, true, {})
  diagnostics(1)

  local range = { start = { line = 1, character = found.col }, ["end"] = { line = 1, character = found.end_col } }
  local actions = ask("textDocument/codeAction", { textDocument = at.textDocument, range = range, context = { diagnostics = {} } })
  local taken
  for _, action in ipairs(actions) do
    say(action.title)
    if action.isPreferred then
      taken = taken or action
    end
  end
  check(taken ~= nil, "there is a fix")
  vim.lsp.util.apply_workspace_edit(taken.edit, "utf-16")
  diagnostics(0)
  check(not vim.api.nvim_buf_get_lines(buffer, 1, 2, true)[1]:find("7 March", 1, true), "the fix puts the date right")

  for _, client in ipairs(vim.lsp.get_active_clients()) do
    client.stop()
  end
  vim.wait(10000, function()
    return #vim.lsp.get_active_clients() == 0
  end, 20)
  check(#vim.lsp.get_active_clients() == 0, "the server goes when it is told to")
  vim.fn.delete(folder, "rf")
end

local ended, problem = xpcall(try, debug.traceback)
if not ended then
  say(tostring(problem))
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
